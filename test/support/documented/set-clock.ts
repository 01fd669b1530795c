/* For `node --import`: the time of the process begins at TEST_CLOCK, and goes on. */

const RealDate = Date;
const aheadMs = RealDate.parse(process.env['TEST_CLOCK'] ?? '') - RealDate.now();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + aheadMs] : args, newTarget),
  apply: (target) => new target(target.now() + aheadMs).toString(),
  get: (target, name, receiver) =>
    name === 'now' ? () => target.now() + aheadMs : Reflect.get(target, name, receiver),
});
