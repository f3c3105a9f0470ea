import { describe, expect, test } from 'vitest';
import {
  databaseName,
  describeDatabase,
  parseDatabaseUrl,
  type ServerAddress,
} from '../../../src/resources/database/url.ts';

const mysql: ServerAddress = {
  dialect: 'mysql',
  host: '127.0.0.1',
  port: 3306,
  socket: null,
  user: 'izone',
  password: null,
  database: 'izone',
};
const postgres: ServerAddress = { ...mysql, dialect: 'postgres', port: 5432 };

describe("a database's address", () => {
  test.each<[string, ServerAddress]>([
    ['mysql://izone@127.0.0.1/izone', mysql],
    ['mariadb://izone@127.0.0.1/izone', mysql],
    ['postgres://izone@127.0.0.1/izone', postgres],
    ['postgresql://izone@127.0.0.1/izone', postgres],
    [
      'mysql://izone:secret@db.example.com:3307/izone',
      { ...mysql, host: 'db.example.com', port: 3307, password: 'secret' },
    ],
    ['postgres://izone:secret@db:6432/izone', { ...postgres, host: 'db', port: 6432, password: 'secret' }],
    ['mysql://izone:@127.0.0.1/izone', { ...mysql, password: '' }],
    ['mysql://izone@/izone', { ...mysql, host: 'localhost' }],
    ['mysql://izone@[::1]:3307/izone', { ...mysql, host: '::1', port: 3307 }],
    ['postgres://izone@[2001:db8::1]/izone', { ...postgres, host: '2001:db8::1' }],
    [
      'mysql://izone@localhost/izone?socket=/run/mysqld/mysqld.sock',
      { ...mysql, host: 'localhost', socket: '/run/mysqld/mysqld.sock' },
    ],
    ['mysql://izone@/izone?socket=%2Frun%2Fmy%20sql.sock', { ...mysql, host: 'localhost', socket: '/run/my sql.sock' }],
    ['postgres://izone@/izone?host=/run/postgresql', { ...postgres, host: 'localhost', socket: '/run/postgresql' }],
    [
      'postgres://izone@/izone?host=/run/postgresql&port=5433',
      { ...postgres, host: 'localhost', socket: '/run/postgresql', port: 5433 },
    ],
    [
      'mysql://b%C3%B6b:p%40ss%3Aw%2Frd%25@127.0.0.1/my%2Dblog',
      { ...mysql, user: 'böb', password: 'p@ss:w/rd%', database: 'my-blog' },
    ],
    ['mysql://izone:p@ss@127.0.0.1/izone', { ...mysql, password: 'p@ss' }],
    ['mysql://izone:p/ss?w#rd@127.0.0.1/izone', { ...mysql, password: 'p/ss?w#rd' }],
    ['mysql://izone:p:ss@127.0.0.1/izone', { ...mysql, password: 'p:ss' }],
    ['mysql://izone:密码😀@127.0.0.1/izone', { ...mysql, password: '密码😀' }],
    ['mysql://izone:a+b c@127.0.0.1/izone', { ...mysql, password: 'a+b c' }],
    ['mysql://izone:\'"\\$@127.0.0.1/izone', { ...mysql, password: '\'"\\$' }],
  ])('%s', (text, address) => {
    expect(parseDatabaseUrl(text, '/')).toEqual(address);
  });

  test.each([
    ['sqlite:/srv/blog/blog.db', '/srv/blog/blog.db'],
    ['sqlite:///srv/blog/blog.db', '/srv/blog/blog.db'],
    ['sqlite:blog.db', '/etc/blogctl/blog.db'],
    ['sqlite:./data/../blog.db', '/etc/blogctl/blog.db'],
    ['sqlite:../blog.db', '/etc/blog.db'],
    ['sqlite:/srv/my blog/100%/b?l#o@g.db', '/srv/my blog/100%/b?l#o@g.db'],
    ['sqlite:/srv/博客.db', '/srv/博客.db'],
  ])('%s is the file %s', (text, path) => {
    expect(parseDatabaseUrl(text, '/etc/blogctl')).toEqual({ dialect: 'sqlite', path });
  });

  test.each([
    ['', 'expected sqlite:/path'],
    ['blog.db', 'expected sqlite:/path'],
    ['oracle://izone@127.0.0.1/izone', 'got another form of "oracle:…"'],
    ['mysql:izone', 'got another form of "mysql:…"'],
    ['mysql://izone@127.0.0.1:port/izone', 'got another form of "mysql:…"'],
    ['mysql://izone@127.0.0.1:99999/izone', 'a port is a number from 1 to 65535'],
    ['mysql://izone@127.0.0.1:0/izone', 'a port is a number from 1 to 65535'],
    ['postgres://izone@/izone?host=/run&port=x', 'a port is a number from 1 to 65535'],
    ['mysql://izone@127.0.0.1/izone/more', 'got another form of "mysql:…"'],
    ['mysql://127.0.0.1/izone', 'the address names no user'],
    ['mysql://:secret@127.0.0.1/izone', 'the address names no user'],
    ['mysql://izone@127.0.0.1', 'the address names no database'],
    ['mysql://izone@127.0.0.1/', 'the address names no database'],
    ['mysql://izone@127.0.0.1/izone?socket=mysqld.sock', 'the socket must be an absolute path'],
    ['mysql://izone@127.0.0.1/izone?charset=latin1', '"charset" behind the ? of the address is not known'],
    ['postgres://izone@127.0.0.1/izone?socket=/run', '"socket" behind the ? of the address is not known'],
    ['postgres://izone@127.0.0.1/izone?sslmode=require', '"sslmode" behind the ? of the address is not known'],
    ['mysql://izone:100%@127.0.0.1/izone', 'the password in the address has a % that is no percent-encoding'],
    ['mysql://i%zone@127.0.0.1/izone', 'the user in the address has a %'],
    ['sqlite:', 'expected a path behind sqlite:'],
    ['sqlite://blog.db', 'expected a path behind sqlite:'],
    ['sqlite::memory:', 'a database in memory holds no blog'],
  ])('%j is refused', (text, message) => {
    expect(() => parseDatabaseUrl(text, '/')).toThrow(message);
  });

  test.each([
    'mysql://izone:s3cret%zz@127.0.0.1/izone',
    'mysql://izone:s3cret@127.0.0.1:port/izone',
    'mysql://izone:s3cret@127.0.0.1',
    'mysql://izone:s3cret@127.0.0.1/izone?bad=1',
    'mysql://izone:s3cret@127.0.0.1/a/b',
    'mysql://:s3cret@127.0.0.1/izone',
    'mysql//izone:s3cret@127.0.0.1/izone',
    'izone:s3cret@127.0.0.1/izone',
    's3cret://x',
    'mysql://izone:s3/s3cret@127.0.0.1:99999/izone',
  ])('%s is refused without its password', (text) => {
    let message = '';
    try {
      parseDatabaseUrl(text, '/');
    } catch (error) {
      message = String(error);
    }

    expect(message).not.toBe('');
    if (!text.startsWith('s3cret')) expect(message).not.toContain('s3cret');
  });

  test.each([
    ['mysql://izone:s3cret@127.0.0.1/blog', 'MySQL database blog on 127.0.0.1:3306 as izone', 'blog'],
    ['mysql://izone:s3cret@[::1]/blog', 'MySQL database blog on [::1]:3306 as izone', 'blog'],
    ['postgres://izone:s3cret@/blog?host=/run', 'PostgreSQL database blog on /run as izone', 'blog'],
    ['sqlite:/srv/my.blog.db', 'SQLite file /srv/my.blog.db', 'my.blog'],
    ['sqlite:/srv/blog', 'SQLite file /srv/blog', 'blog'],
  ])('%s is told without its password', (text, description, name) => {
    const address = parseDatabaseUrl(text, '/');

    expect(describeDatabase(address)).toBe(description);
    expect(databaseName(address)).toBe(name);
  });
});
