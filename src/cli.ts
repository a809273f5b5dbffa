#!/usr/bin/env node
import { processIo, reportUncaught, runCli, watchSignals } from "./cli/index.js";
/** Process entry of the command line. */
import { environment } from "./config/index.js";

const argv = process.argv.slice(2);
const signal = watchSignals(environment());
const io = processIo(signal);
reportUncaught(argv, io);
process.exitCode = await runCli(argv, io);
// What was stopped half-way may keep a socket open for its whole timeout; clean-up is done by now.
if (signal.aborted) process.exit();
