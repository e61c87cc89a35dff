package mo.farol.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;

/** What became of one append. */
public final class Answer implements EventLog.Acknowledgement {
  private final CompletableFuture<Long> first = new CompletableFuture<>();

  /** Appends and gives the answer to come. */
  static Answer to(EventLog log, FrameBatch batch) {
    var answer = new Answer();
    log.append(batch, answer);
    return answer;
  }

  /** Appends and waits until it is on disk; the sequence of the first frame. */
  public static long append(EventLog log, FrameBatch batch) {
    return to(log, batch).sequence();
  }

  @Override
  public void durable(long firstSequence) {
    if (!first.complete(firstSequence)) {
      throw new AssertionError("answered twice");
    }
  }

  @Override
  public void failed(JournalFault fault) {
    if (!first.completeExceptionally(fault)) {
      throw new AssertionError("answered twice");
    }
  }

  /** Waits for the sequence of the first frame. */
  long sequence() {
    return first.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Waits for either answer; whether it was kept. */
  boolean isKept() {
    return first.orTimeout(30, TimeUnit.SECONDS).handle((_, e) -> e == null).join();
  }

  /** Whether it was answered by now, and well. */
  boolean isKeptByNow() {
    return first.isDone() && !first.isCompletedExceptionally();
  }

  /** Waits for the refusal. */
  Throwable refusal() {
    return first.orTimeout(30, TimeUnit.SECONDS).handle((_, e) -> e).join();
  }
}
