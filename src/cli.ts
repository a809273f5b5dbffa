#!/usr/bin/env node
/** Process entry of the command line. */
import { processIo, reportUncaught, runCli, watchSignals } from "./cli/index.js";

const argv = process.argv.slice(2);
const signal = watchSignals();
const io = processIo(signal);
reportUncaught(argv, io);
process.exitCode = await runCli(argv, io);
// What was stopped half-way may keep a socket open for its whole timeout; clean-up is done by now.
if (signal.aborted) process.exit();
