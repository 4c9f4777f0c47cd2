import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SmallDisk, noSmallDisk } from '../../test/support/small-disk.js';
import { Database } from './database.js';
import {
  StorageFullError,
  StoreBrokenError,
  StoreInUseError,
  StoreNewerError,
  StoreUnavailableError,
} from './store-errors.js';

const ONE = 'CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT';
const TWO = "ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'";
const Thing = z.object({ id: z.int(), text: z.string() });
const Count = z.object({ n: z.int() }).transform(({ n }) => n);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-database-'));
  file = path.join(folder, 'kinegraph.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('A database', () => {
  it('keeps what was written, as one file once it is closed', () => {
    const first = Database.open(file, [ONE]);
    expect(first.run('INSERT INTO things (text) VALUES (?)', 'a')).toEqual({ changes: 1, lastId: 1 });
    first.close();
    expect(readdirSync(folder)).toEqual(['kinegraph.db']);
    const second = Database.open(file, [ONE]);
    expect(second.all(Thing, 'SELECT * FROM things')).toEqual([{ id: 1, text: 'a' }]);
    expect(second.first(Thing, 'SELECT * FROM things WHERE id = ?', 7)).toBeUndefined();
    second.close();
  });

  it('writes all of a transaction or nothing, and goes on after one that failed', () => {
    const database = Database.open(file, [ONE]);
    const insert = (id: number): void => void database.run('INSERT INTO things VALUES (?, ?)', id, 'x');
    expect(() =>
      database.transaction(() => {
        insert(1);
        database.transaction(() => insert(2));
        insert(1);
      }),
    ).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }));
    expect(database.first(Count, 'SELECT count(*) AS n FROM things')).toBe(0);
    database.transaction(() => insert(3));
    expect(database.first(Count, 'SELECT count(*) AS n FROM things')).toBe(1);
    database.close();
  });

  it('takes nothing for a value, alone or among others', () => {
    const database = Database.open(file, ['CREATE TABLE loose (a TEXT, b TEXT) STRICT']);
    database.run('INSERT INTO loose (a) VALUES (?)', null);
    database.run('INSERT INTO loose VALUES (?, ?)', 'x', null);
    expect(database.all(z.object({ a: z.string().nullable() }), 'SELECT a FROM loose WHERE b IS ?', null)).toEqual([
      { a: null },
      { a: 'x' },
    ]);
    database.close();
  });

  it('is for one server; the next is told so, and the first goes on', () => {
    const first = Database.open(file, [ONE]);
    expect(() => Database.open(file, [ONE])).toThrow(StoreInUseError);
    expect(() => Database.open(file, [ONE])).toThrow(
      `The database ${file} is in use by another server. Stop that one, or give this one a workspace or a state.folder of its own.`,
    );
    first.run('INSERT INTO things (text) VALUES (?)', 'a');
    first.close();
    const second = Database.open(file, [ONE]);
    expect(second.first(Count, 'SELECT count(*) AS n FROM things')).toBe(1);
    second.close();
  });

  it('is brought up to date step by step, with a copy of what it was beside it', () => {
    const old = Database.open(file, [ONE]);
    old.run('INSERT INTO things (text) VALUES (?)', 'kept');
    old.close();
    const Coloured = Thing.extend({ colour: z.string() });
    const now = Database.open(file, [ONE, TWO]);
    expect(now.all(Coloured, 'SELECT * FROM things')).toEqual([{ id: 1, text: 'kept', colour: 'grey' }]);
    now.close();
    expect(readdirSync(folder).sort()).toEqual(['kinegraph.db', 'kinegraph.v1.db']);
    const copy = Database.open(path.join(folder, 'kinegraph.v1.db'), [ONE]);
    expect(copy.all(Thing, 'SELECT * FROM things')).toEqual([{ id: 1, text: 'kept' }]);
    copy.close();
  });

  it('stays as it was where a step fails', () => {
    Database.open(file, [ONE]).close();
    expect(() => Database.open(file, [ONE, `${TWO}; CREATE TABLE things (x)`])).toThrow();
    const again = Database.open(file, [ONE]);
    again.run('INSERT INTO things (text) VALUES (?)', 'a');
    expect(() => again.all(z.unknown(), 'SELECT colour FROM things')).toThrow();
    again.close();
  });

  it('that is newer is refused, and not written', () => {
    Database.open(file, [ONE, TWO]).close();
    const bytes = readFileSync(file);
    expect(() => Database.open(file, [ONE])).toThrow(StoreNewerError);
    expect(() => Database.open(file, [ONE])).toThrow(
      'is of version 2, and this server knows those up to 1; it was left as it is. Install a newer Kinegraph',
    );
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('that is none is refused, and not written', () => {
    const text = 'no database at all '.repeat(200);
    writeFileSync(file, text);
    expect(() => Database.open(file)).toThrow(StoreBrokenError);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('tells a damaged page, and a row that is not what it has to be', () => {
    const whole = Database.open(file, [ONE]);
    for (let id = 0; id < 200; id += 1) whole.run('INSERT INTO things (text) VALUES (?)', 'x'.repeat(200));
    expect(whole.faults()).toEqual([]);
    expect(() => whole.all(z.object({ id: z.string() }), 'SELECT id FROM things')).toThrow(StoreBrokenError);
    whole.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8192, 20_000);
    writeFileSync(file, bytes);
    const damaged = Database.open(file, [ONE]);
    expect(() => damaged.all(Thing, 'SELECT * FROM things')).toThrow(StoreBrokenError);
    expect(damaged.faults().length).toBeGreaterThan(0);
    damaged.close();
  });

  it('that cannot be opened tells so', () => {
    expect(() => Database.open(path.join(folder, 'nowhere', 'kinegraph.db'))).toThrow(StoreUnavailableError);
  });

  it('copies itself over an older copy', () => {
    const database = Database.open(file, [ONE]);
    const copy = path.join(folder, 'copy.db');
    for (const text of ['a', 'b']) {
      database.run('INSERT INTO things (text) VALUES (?)', text);
      database.copyTo(copy);
    }
    database.close();
    const copied = Database.open(copy, [ONE]);
    expect(copied.first(Count, 'SELECT count(*) AS n FROM things')).toBe(2);
    copied.close();
  });
});

const reason = noSmallDisk();
describe.skipIf(reason !== undefined)(`On a full disk${reason === undefined ? '' : ` (left out: ${reason})`}`, () => {
  it('a database refuses to write, keeps what it has, and writes again once there is room', () => {
    using disk = new SmallDisk(900_000);
    const filler = path.join(disk.path, 'filler');
    const database = Database.open(path.join(disk.path, 'kinegraph.db'), [ONE]);
    let written = 0;
    writeFileSync(filler, Buffer.alloc(500_000));
    const write = (): void => {
      for (;;) {
        database.transaction(() => {
          database.run('INSERT INTO things (text) VALUES (?)', 'x'.repeat(10_000));
          database.run('INSERT INTO things (text) VALUES (?)', 'y'.repeat(10_000));
        });
        written += 2;
      }
    };
    for (let time = 0; time < 3; time += 1) expect(write).toThrow(StorageFullError);
    expect(written).toBeGreaterThan(2);
    expect(database.first(Count, 'SELECT count(*) AS n FROM things')).toBe(written);
    rmSync(filler);
    database.run('INSERT INTO things (text) VALUES (?)', 'after');
    expect(database.faults()).toEqual([]);
    database.close();
    const again = Database.open(path.join(disk.path, 'kinegraph.db'), [ONE]);
    expect(again.first(Count, 'SELECT count(*) AS n FROM things')).toBe(written + 1);
    again.close();
  });
});
