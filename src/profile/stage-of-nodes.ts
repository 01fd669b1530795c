import type { CpuProfile, ProfileNode } from './cpu-profile.js';
import { stageOfFile } from './stage-of-file.js';
import type { Stage } from './stages.js';

/** The stage of a function, and of what it calls where that has none of its own; null: nothing ran. */
type NodeStage = Stage | 'idle' | null;

/**
 * The stage of each function of a profile, by its id. What is loaded at that moment is loading, whoever asked for it;
 * otherwise the innermost file of ours decides that belongs to one stage.
 *
 * @param root URL of src, as its files are compiled
 * @param threadUrl of the file that the thread began with: what no file of ours asked for is of its stage
 */
export function stageOfNodes(
  { nodes }: CpuProfile,
  root: string,
  threadUrl: string | null,
): ReadonlyMap<number, Stage | 'idle'> {
  const ofThread = threadUrl === null ? null : (ownStage(threadUrl, root) ?? null);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages = new Map<number, Stage | 'idle'>();
  const [top] = nodes;
  const open: { readonly node: ProfileNode; readonly outer: NodeStage }[] = [];
  if (top !== undefined) open.push({ node: top, outer: null });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const stage = stageOf(next.node, next.outer, root);
    stages.set(next.node.id, stage ?? ofThread ?? withoutStage(next.node));
    for (const id of next.node.children ?? []) {
      const node = byId.get(id);
      if (node !== undefined) open.push({ node, outer: stage });
    }
  }
  return stages;
}

/** What V8 calls its own work (v8/src/profiler/profile-generator.cc). */
const ofEngine: Readonly<Record<string, Stage | 'idle'>> = {
  '(idle)': 'idle',
  '(garbage collector)': 'garbage collection',
};

function stageOf({ callFrame }: ProfileNode, outer: NodeStage, root: string): NodeStage {
  const { url, functionName } = callFrame;
  if (url === '') return ofEngine[functionName] ?? outer;
  if (url.startsWith('node:internal/modules/')) return 'loading';
  // The top level of a module is a function without a name, called by the loader.
  if (outer === 'loading') return outer;
  return ownStage(url, root) ?? outer;
}

function ownStage(url: string, root: string): Stage | null | undefined {
  if (!url.startsWith(root)) return null;
  return stageOfFile(url.slice(root.length).replace(/\.js$/, ''));
}

function withoutStage({ callFrame: { url } }: ProfileNode): Stage {
  return url.includes('/node_modules/') ? 'other packages' : 'node';
}
