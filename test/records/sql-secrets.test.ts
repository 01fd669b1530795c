import { describe, expect, it } from 'vitest';
import { secretFreeText } from '../../src/records/secret-text.js';
import { withoutSecrets } from '../../src/records/secrets.js';
import { withoutSqlSecrets } from '../../src/records/sql-secrets.js';

const secret = 'S3cretPw';

describe('the text of a command', () => {
  it.each([
    [`create user app identified by ${secret}`, 'create user app identified by [removed]'],
    [`ALTER USER app IDENTIFIED BY "${secret} x"`, 'ALTER USER app IDENTIFIED BY [removed]'],
    [
      `alter user app identified by '${secret}' account unlock`,
      'alter user app identified by [removed] account unlock',
    ],
    [
      `alter user a identified by "${secret}" replace "${secret}old"`,
      'alter user a identified by [removed] replace [removed]',
    ],
    [
      `alter user a identified by ${secret} replace ${secret};`,
      'alter user a identified by [removed] replace [removed];',
    ],
    [`alter user a identified\n  by\t"${secret}"`, 'alter user a identified\n  by\t[removed]'],
    [`alter user a identified/* x */by/**/"${secret}"`, 'alter user a identified/* x */by/**/[removed]'],
    [`alter user a identified -- why\n by ${secret}`, 'alter user a identified -- why\n by [removed]'],
    [
      `alter user a identified by values 'S:${'0A'.repeat(30)};T:${'1B'.repeat(80)}'`,
      'alter user a identified by values [removed]',
    ],
    [
      `set role dba identified by ${secret}, app identified by ${secret}`,
      'set role dba identified by [removed], app identified by [removed]',
    ],
    [
      `grant connect to a, b identified by ${secret}, ${secret}2`,
      'grant connect to a, b identified by [removed]',
    ],
    [`create role r identified by "${secret}"`, 'create role r identified by [removed]'],
    [
      `create database link l connect to u identified by "${secret}" using 'tns'`,
      `create database link l connect to u identified by [removed] using 'tns'`,
    ],
    [
      `administer key management set keystore open identified by "${secret}"`,
      'administer key management set keystore open identified by [removed]',
    ],
    [
      `administer key management add secret '${secret}' for client 'x'`,
      `administer key management add secret [removed] for client 'x'`,
    ],
    [
      `begin p.make(p_password => '${secret}', p_name => 'x'); end;`,
      `begin p.make(p_password => [removed], p_name => 'x'); end;`,
    ],
    [
      `begin p.make(p_web_password => q'[${secret}]'); end;`,
      'begin p.make(p_web_password => [removed]); end;',
    ],
    [
      `begin dbms_cloud.create_credential('CRED', 'user', '${secret}'); end;`,
      `begin dbms_cloud.create_credential('CRED', [removed], [removed]); end;`,
    ],
    [`connect scott/${secret}@db`, 'connect scott/[removed]'],
    [`impdp system/${secret}@db directory=d`, 'impdp system/[removed] directory=d'],
    [
      `expdp userid=scott/${secret} encryption_password=${secret}`,
      'expdp userid=scott/[removed] encryption_password=[removed]',
    ],
    [
      `select 1 from sys.user$ where spare4 = 'S:${'0A'.repeat(30)}'`,
      `select 1 from sys.user$ where spare4 = '[removed]'`,
    ],
    // Cut off within the literal.
    [`alter user a identified by "${secret}`, 'alter user a identified by [removed]'],
    [`alter user a identified by values 'S:${'0A'.repeat(9)}`, 'alter user a identified by values [removed]'],
  ])('%s', (text, kept) => {
    expect(withoutSqlSecrets(text)).toBe(kept);
    expect(withoutSqlSecrets(kept)).toBe(kept);
  });

  it.each([
    'alter user a identified externally',
    "alter user a identified globally as 'cn=a'",
    'administer key management set keystore open identified by external store',
    'alter user a password expire',
    'select * from t where password = :B1',
    'create or replace procedure p as begin null; end;',
    'grant connect to app',
    'select count(*) from connected_users',
    'alter profile p limit password_life_time 60',
  ])('is kept as it is: %s', (text) => {
    expect(withoutSqlSecrets(text)).toBe(text);
  });
});

describe('a record of Data Safe', () => {
  const command = `alter user app identified by "${secret}"`;
  const record = { id: 'a', auditEventTime: '2026-11-18T08:00:00Z', commandText: command };

  it.each([
    ['in its command', record],
    ['in any other text of it', { ...record, commandText: null, errorMessage: command }],
    ['by the command line', { 'audit-event-time': '2026-11-18T08:00:00Z', 'command-text': command }],
    ['as JSON text', { logContent: JSON.stringify(record) }],
    ['as base64', { value: Buffer.from(JSON.stringify(record)).toString('base64') }],
    ['in what it was called with', { ...record, commandParam: ` #1(8):${secret}` }],
    [
      'in what a procedure was called with',
      { auditEventTime: 'x', commandText: 'begin set_password(:1); end;', commandParam: ` #1(8):${secret}` },
    ],
  ])('loses a password %s', (_words, value) => {
    const clean = JSON.stringify(withoutSecrets(value));
    expect(clean).not.toContain(secret);
    expect(Buffer.from(/"value":"([^"]*)"/.exec(clean)?.[1] ?? '', 'base64').toString()).not.toContain(
      secret,
    );
  });

  it('keeps what a command without a password was called with', () => {
    const value = { ...record, commandText: 'delete from t where a = :1', commandParam: ' #1(1):7' };
    expect(withoutSecrets(value)).toBe(value);
  });

  it('that is cut off anywhere loses it, too', () => {
    const text = JSON.stringify({ ...record, tail: { again: command } });
    for (let length = 1; length <= text.length; length += 1) {
      expect(secretFreeText(text.slice(0, length))).not.toContain(secret);
    }
  });

  it('is told from other records, whose messages stay as they are', () => {
    const value = { type: 'x', data: { message: 'the backup identified by ocid1.dbbackup.oc1..x failed' } };
    expect(withoutSecrets(value)).toBe(value);
    expect(JSON.stringify(withoutSecrets(value, true))).toContain('identified by [removed]');
  });
});
