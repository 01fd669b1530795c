export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}
