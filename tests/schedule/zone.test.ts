import { expect, test } from 'vitest';
import { systemZone, type ZoneReadings } from '../../src/schedule/zone.ts';

function machine(readings: Partial<ZoneReadings>): ZoneReadings {
  return {
    localtimeTargets: () => [],
    timezoneFile: () => undefined,
    hasLocaltime: () => true,
    processZone: () => 'Asia/Kathmandu',
    ...readings,
  };
}

test.each([
  ['/usr/share/zoneinfo/Asia/Shanghai', 'Asia/Shanghai'],
  ['../usr/share/zoneinfo/America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
  ['/usr/share/zoneinfo/posix/Europe/Berlin', 'Europe/Berlin'],
  ['/var/db/timezone/zoneinfo/Etc/UTC', 'Etc/UTC'],
])('takes the zone that /etc/localtime leads to: %s', (target, zone) => {
  const readings = machine({ localtimeTargets: () => [target], timezoneFile: () => 'Europe/Paris\n' });

  expect(systemZone(readings)).toBe(zone);
});

test('takes the resolved link where the link itself names no zone', () => {
  const readings = machine({ localtimeTargets: () => ['/etc/alternatives/zone', '/usr/share/zoneinfo/Asia/Tokyo'] });

  expect(systemZone(readings)).toBe('Asia/Tokyo');
});

test('takes /etc/timezone where /etc/localtime is a copy and no link', () => {
  expect(systemZone(machine({ timezoneFile: () => ' Asia/Shanghai \n' }))).toBe('Asia/Shanghai');
});

test.each(['', 'Mars/Olympus', '+08:00', 'CST-8'])('passes over %j in /etc/timezone', (text) => {
  expect(systemZone(machine({ timezoneFile: () => text }))).toBe('Asia/Kathmandu');
});

test('takes UTC on a machine without /etc/localtime, as the C library does', () => {
  expect(systemZone(machine({ hasLocaltime: () => false }))).toBe('UTC');
});

test('finds a zone on this machine, whatever TZ says', () => {
  expect(process.env['TZ']).toBe('Asia/Kathmandu');
  expect(systemZone()).not.toBe('Asia/Kathmandu');
  expect(() => new Intl.DateTimeFormat('en', { timeZone: systemZone() })).not.toThrow();
});
