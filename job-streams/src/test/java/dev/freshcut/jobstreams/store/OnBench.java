package dev.freshcut.jobstreams.store;

/** A part of the contract; whoever runs it says with what. */
interface OnBench {
  /** The same for a whole test, another for each. */
  Bench bench();
}
