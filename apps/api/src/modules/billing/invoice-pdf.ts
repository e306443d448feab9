import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import type { PartyDto } from './dto/party.dto.js';
import { dayOf, type OwnInvoice } from './invoices.view.js';
import { money } from './money.js';

const MARGIN = 56;
const WIDTH = 595 - 2 * MARGIN;
const COLUMN = 90;
const TITLES: Record<OwnInvoice['kind'], string> = {
  invoice: 'Invoice',
  credit_note: 'Credit note',
};

type Paper = InstanceType<typeof PDFDocument>;

/**
 * An invoice, or the credit note of the invoice `credits`, as PDF on A4. Its fonts are those that every reader has, which
 * know the letters of western Europe: others are shown as a question mark, and the record in the API has them all.
 */
export async function invoicePdf(
  invoice: OwnInvoice,
  credits: string | null,
  paymentTerms: string,
): Promise<Buffer> {
  const issued = new Date(invoice.issuedAt);
  const info = {
    Title: `${TITLES[invoice.kind]} ${invoice.number}`,
    Author: invoice.seller.lines[0] ?? '',
    CreationDate: issued,
    ModDate: issued,
  };
  const paper = new PDFDocument({ size: 'A4', margin: MARGIN, info });
  const parts: Buffer[] = [];
  paper.on('data', (part: Buffer) => parts.push(part));
  const isDone = once(paper, 'end');
  head(paper, invoice, credits);
  lines(paper, invoice);
  sums(paper, invoice);
  if (invoice.kind === 'invoice' && paymentTerms !== '')
    paper.moveDown(2).text(plain(paymentTerms), MARGIN, paper.y, { width: WIDTH });
  paper.end();
  await isDone;
  return Buffer.concat(parts);
}

function head(paper: Paper, invoice: OwnInvoice, credits: string | null): void {
  paper.font('Helvetica').fontSize(9);
  party(paper, invoice.seller);
  paper.moveDown(2).fontSize(11);
  party(paper, invoice.buyer);
  paper.moveDown(2).font('Helvetica-Bold').fontSize(16);
  paper.text(`${TITLES[invoice.kind]} ${invoice.number}`);
  paper.font('Helvetica').fontSize(10).moveDown(0.5);
  paper.text(`Date: ${dayOf(new Date(invoice.issuedAt))}`);
  if (credits === null) paper.text(`Due: ${dayOf(new Date(invoice.dueAt))}`);
  else paper.text(`Takes back: ${credits}`);
  paper.moveDown(1.5);
}

function party(paper: Paper, { lines: words, taxId }: PartyDto): void {
  for (const line of words) paper.text(plain(line));
  if (taxId !== '') paper.text(`Tax id: ${plain(taxId)}`);
}

function lines(paper: Paper, { lines: rows, currency }: OwnInvoice): void {
  for (const { text, net } of rows) row(paper, plain(text), money(net, currency));
  rule(paper);
}

function sums(paper: Paper, { net, tax, total, taxName, taxRate, currency }: OwnInvoice): void {
  row(paper, 'Net', money(net, currency));
  row(paper, `${plain(taxName)} ${taxRate / 100} %`, money(tax, currency));
  paper.font('Helvetica-Bold');
  row(paper, 'Total', money(total, currency));
  paper.font('Helvetica');
}

function row(paper: Paper, left: string, right: string): void {
  const { y } = paper;
  paper.text(right, MARGIN + WIDTH - COLUMN, y, { width: COLUMN, align: 'right' });
  paper.text(left, MARGIN, y, { width: WIDTH - COLUMN - 12 });
  paper.moveDown(0.4);
}

function rule(paper: Paper): void {
  paper
    .moveTo(MARGIN, paper.y)
    .lineTo(MARGIN + WIDTH, paper.y)
    .lineWidth(0.5)
    .stroke()
    .moveDown(0.6);
}

/** What the fonts have no letter for would come out as another letter: a question mark says that something is missing. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u20ac]/gu, '?');
}
