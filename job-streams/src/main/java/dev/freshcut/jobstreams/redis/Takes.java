package dev.freshcut.jobstreams.redis;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The takes of one worker, one after the other and numbered, so that Redis knows whether the answer
 * to the last one arrived. What was given in an answer that did not is given again.
 */
final class Takes {
  private final ReentrantLock lock = new ReentrantLock();
  private long number;
  private long answered;

  /** Asks Redis; throws if there was no answer. */
  interface Take<T> {
    T call(long number, long answered);
  }

  <T> T next(Take<T> take) {
    lock.lock();
    try {
      number++;
      T answer = take.call(number, answered);
      answered = number;
      return answer;
    } finally {
      lock.unlock();
    }
  }
}
