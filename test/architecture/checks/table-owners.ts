import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { CORE, MODULES, apiSources, filesBelow, houseRules } from './house.js';

/** What a room owns: tables and database functions by name, and the delegates of the generated client. */
interface Owned {
  /** SQL name to domain. */
  tables: Map<string, string>;
  /** SQL function to domain. */
  functions: Map<string, string>;
  /** Delegate of the generated client to SQL name of its table. */
  delegates: Map<string, string>;
}

const OPERATIONS =
  /^(?:find(?:First|Unique|Many)(?:OrThrow)?|(?:create|update)(?:Many(?:AndReturn)?)?|delete(?:Many)?|upsert|count|aggregate|groupBy)$/;
/** What a handle or a transaction is called, so that a delegate handed on by itself is seen too. */
const HANDLE = /(?:^|\.|#)(?:tx|client|db|prisma|transaction|system|tenant|scoped)$/i;
/** A word that makes a text SQL rather than a sentence that speaks of `tickets`. */
const SQL_CLUE = /\b(?:select|where|set|on|values|returning|limit|using)\b|\$\d|organization_id/i;

/** The owners as the schema says: `prisma/schema/<domain>.prisma`, and the migrations named after the same domain. */
export function ownedThings(root: string): Owned {
  const owned: Owned = { tables: new Map(), functions: new Map(), delegates: new Map() };
  for (const path of filesBelow(root, 'prisma/schema')) {
    const domain = /([^/]+)\.prisma$/.exec(path)?.[1];
    if (!domain) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, model, body] of text.matchAll(/^model (\w+) \{$([\s\S]*?)^\}$/gm)) {
      const table = /@@map\("(\w+)"\)/.exec(body!)?.[1] ?? model!;
      owned.tables.set(table, domain);
      owned.delegates.set(model![0]!.toLowerCase() + model!.slice(1), table);
    }
  }
  for (const path of filesBelow(root, 'prisma/migrations')) {
    const domain = /\/\d+_([a-z]+)_[^/]*\/migration\.sql$/.exec(path)?.[1];
    if (!domain) continue;
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, name] of text.matchAll(/create (?:or replace )?function "?(\w+)"?\s*\(/gi)) {
      owned.functions.set(name!, domain);
    }
  }
  return owned;
}

/**
 * Tables and database functions that are queried outside the room that owns them, one sentence each, and entries
 * of `tableGuests` that nothing needs. Looks at calls on delegates and at every string that holds SQL.
 */
export function foreignQueries(root: string): string[] {
  const owned = ownedThings(root);
  const { tableHomes, tableGuests } = houseRules(root);
  const homesOf = (domain: string): string[] => tableHomes[domain] ?? [`${MODULES}/${domain}`];
  const used = new Set<string>();
  const found: string[] = [];
  for (const { path, text } of apiSources(root)) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
    for (const { name, at } of namesIn(source, owned)) {
      const domain = owned.tables.get(name) ?? owned.functions.get(name)!;
      if (homesOf(domain).some((home) => path.startsWith(`${home}/`))) continue;
      if (tableGuests[path]?.names.includes(name)) {
        used.add(`${path} ${name}`);
        continue;
      }
      const { line } = source.getLineAndCharacterOfPosition(at);
      found.push(`${path}:${line + 1} queries ${name}, which belongs to ${domain}`);
    }
  }
  for (const [path, { names, why }] of Object.entries(tableGuests)) {
    if (why.trim().length < 10) found.push(`${path} has no reason in tableGuests`);
    for (const name of names) {
      if (!used.has(`${path} ${name}`))
        found.push(`${path} is in tableGuests for ${name} and does not query it`);
    }
  }
  return found;
}

/** Domains of the schema that have no home among the rooms and layers. */
export function homelessDomains(root: string): string[] {
  const { tableHomes, rooms, layers } = houseRules(root);
  const domains = new Set([
    ...ownedThings(root).tables.values(),
    ...ownedThings(root).functions.values(),
  ]);
  const isHome = (path: string): boolean => {
    const [kind, name] = [
      path.slice(0, path.lastIndexOf('/')),
      path.slice(path.lastIndexOf('/') + 1),
    ];
    return (kind === MODULES && name in rooms) || (kind === CORE && name in layers);
  };
  return [...domains].filter(
    (domain) => !(tableHomes[domain] ?? [`${MODULES}/${domain}`]).every(isHome),
  );
}

function namesIn(source: ts.SourceFile, owned: Owned): { name: string; at: number }[] {
  const found: { name: string; at: number }[] = [];
  const visit = (node: ts.Node): void => {
    const delegate = delegateIn(node, source);
    const table = delegate === undefined ? undefined : owned.delegates.get(delegate);
    if (table !== undefined) found.push({ name: table, at: node.getStart(source) });
    const text = textOf(node);
    if (text !== undefined) {
      for (const name of namesInSql(text, owned)) found.push({ name, at: node.getStart(source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The name of the delegate when `node` is one of `x.ticket.findMany`, `tx.ticket`, `tx['ticket']`, `{ ticket } = tx`. */
function delegateIn(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isBindingElement(node) && ts.isVariableDeclaration(node.parent.parent)) {
    const from = node.parent.parent.initializer?.getText(source) ?? '';
    return HANDLE.test(from) ? (node.propertyName ?? node.name).getText(source) : undefined;
  }
  const name = memberName(node);
  if (name === undefined) return undefined;
  const { expression, parent } = node as ts.PropertyAccessExpression;
  const operation =
    parent && (parent as ts.PropertyAccessExpression).expression === node
      ? memberName(parent)
      : undefined;
  if (operation !== undefined && OPERATIONS.test(operation)) return name;
  return HANDLE.test(expression.getText(source)) ? name : undefined;
}

function memberName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return node.argumentExpression.text;
  }
  return undefined;
}

/** The whole text of a string or template, its substitutions left out. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' ');
}

function namesInSql(text: string, owned: Owned): Set<string> {
  const names = new Set<string>();
  if (!SQL_CLUE.test(text)) return names;
  const afterKeyword =
    /\b(?:from|join|into|update|truncate(?: table)?|lock table|copy)\s+(?:only\s+)?(?:public\.)?"?(\w+)"?/gi;
  for (const [, name] of text.matchAll(afterKeyword)) if (owned.tables.has(name!)) names.add(name!);
  // `from a, b`: the second table has no keyword before it.
  for (const [, name] of text.matchAll(/\bfrom\s+\w+(?:\s+\w+)?\s*,\s*(\w+)/gi)) {
    if (owned.tables.has(name!)) names.add(name!);
  }
  for (const [, name] of text.matchAll(/\b(\w+)\s*\(/g))
    if (owned.functions.has(name!)) names.add(name!);
  return names;
}
