package mo.farol.post;

import java.util.Map;
import java.util.function.Consumer;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.wire.Appender;
import mo.farol.wire.Doubts;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a connection's requests on their way to the log, one request at a time; what one
 * append can't hold follows in others, each when the one before is on disk. A client that is gone
 * before it could be told may send them again. Belongs to the event loop; the log answers on its
 * own thread.
 */
final class Delivery {
  private final Map<String, Appender> appenders;
  private final Doubts doubts;
  // What is on its way to the log and not answered.
  private @Nullable Receipt unanswered;
  private @Nullable Receipt doubted;

  Delivery(Map<String, Appender> appenders, Doubts doubts) {
    this.appenders = appenders;
    this.doubts = doubts;
  }

  /**
   * Appends what a request brought.
   *
   * @param loop runs a task on the event loop
   * @param answer told on the event loop what the client is to be told
   */
  void keep(Upload whole, Ending.Keep keep, Consumer<Runnable> loop, Consumer<Answer> answer) {
    var appender = appenders.get(whole.protocol().name());
    if (appender == null) {
      throw new IllegalStateException("no appender for " + whole.protocol().name());
    }
    var batch = batch(appender, whole, keep);
    appender.count(batch);
    var receipt = new Receipt(appender, whole, keep.kept(), batch, loop, answer);
    unanswered = receipt;
    appender.append(batch, receipt);
  }

  /** The client is told. */
  void answered() {
    unanswered = null;
  }

  /** The client is gone. */
  void abandon() {
    var gone = unanswered;
    if (gone != null) {
      gone.doubtBefore();
      doubts.doubt(gone.batch);
      doubted = gone;
      unanswered = null;
    }
  }

  private static FrameBatch batch(Appender appender, Upload whole, Ending.Keep keep) {
    var batch = appender.batch(keep.frames(), origin(whole, keep.format()));
    Builders.give(keep.frames(), batch);
    return batch;
  }

  private static Origin origin(Upload whole, String format) {
    var call = whole.call();
    String input = whole.protocol().name();
    return new Origin(call.agency(), input, call.peer(), "", false, format, 0, "UTC");
  }

  private final class Receipt implements EventLog.Acknowledgement {
    private final Appender appender;
    private final Upload whole;
    private final Ending.Kept kept;
    private final FrameBatch batch;
    private final Consumer<Runnable> loop;
    private final Consumer<Answer> answer;

    Receipt(
        Appender appender,
        Upload whole,
        Ending.Kept kept,
        FrameBatch batch,
        Consumer<Runnable> loop,
        Consumer<Answer> answer) {
      this.appender = appender;
      this.whole = whole;
      this.kept = kept;
      this.batch = batch;
      this.loop = loop;
      this.answer = answer;
    }

    @Override
    public void durable(long firstSequence) {
      loop.accept(() -> kept(firstSequence));
    }

    @Override
    public void failed(JournalFault fault) {
      kept.failed();
      loop.accept(this::refused);
    }

    private void kept(long firstSequence) {
      // Of a client that is gone no more is kept: it sends all of it again.
      var more = unanswered == this ? kept.more() : null;
      if (more != null) {
        keep(whole, more, loop, answer);
      } else {
        appender.drop(batch.origin(), kept.rejected());
        answer.accept(whole.dress(kept.answer(firstSequence, batch)));
      }
    }

    private void refused() {
      if (doubted == this) {
        doubts.relieve(batch);
      } else {
        doubtBefore();
      }
      answer.accept(whole.refuse(Refusal.BUSY));
    }

    // What is on disk of a request that will come again.
    private void doubtBefore() {
      kept.before(keep -> doubts.doubt(batch(appender, whole, keep)));
    }
  }
}
