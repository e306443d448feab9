import { z } from 'zod';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { Permission } from '#core/tenancy/permissions.js';
import type { Principal } from '#core/tenancy/principal.js';

/** A tool as a model is told of it (Model Context Protocol, "Tools"), and what it does. */
export interface DeskTool {
  readonly name: string;
  readonly title: string;
  /** For the model: what it gets, and when to use it. */
  readonly description: string;
  /** Who lacks it is not told that the tool is there. */
  readonly needs: Permission;
  readonly changesNothing: boolean;
  /** JSON Schema of the arguments. */
  readonly inputSchema: { type: 'object'; [keyword: string]: unknown };
  /** Checks the arguments and does it. Throws {@link ValidationFailed} with every field that is wrong, and what the tool does. */
  call(input: unknown, caller: Principal): Promise<object>;
}

interface ToolWords<Input extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  needs: Permission;
  changesNothing: boolean;
  input: Input;
  run(input: z.infer<Input>, caller: Principal): Promise<object>;
}

/** A tool whose arguments are checked against the schema that the model is shown. */
export function deskTool<Input extends z.ZodObject>(tool: ToolWords<Input>): DeskTool {
  const { input, run, ...words } = tool;
  return {
    ...words,
    inputSchema: z.toJSONSchema(input, { io: 'input' }) as DeskTool['inputSchema'],
    call: async (given, caller) => {
      const read = input.safeParse(given ?? {});
      if (read.success) return run(read.data, caller);
      throw new ValidationFailed(
        read.error.issues.map(({ path, message }) => ({
          field: path.join('.') || 'arguments',
          problem: message.charAt(0).toLowerCase() + message.slice(1),
        })),
      );
    },
  };
}
