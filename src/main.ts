#!/usr/bin/env node
import { existsSync } from 'node:fs';

/*
 * Starts the program: the modules that the build has joined into few files (dist/app), which Node loads in a third of the time;
 * the plain ones where they are not there, and for --profile, whose stages are the rooms of src.
 */
const joined = new URL('../app/program.js', import.meta.url);
const isProfiled = process.argv.some((each) => /^--profile(?:=|$)/.test(each));
const isJoined = existsSync(joined) && !isProfiled;
await import(isJoined ? joined.href : './program.js');
