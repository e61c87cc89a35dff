package mo.farol.wire;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/**
 * One connection whose sender is answered when its frames are on disk: answers leave in the order
 * in which the frames came, and after a batch that the log refused there are no more, the
 * connection ends and the sender sends again. Too much unanswered: the connection is not read.
 * Belongs to the event loop; the log answers on its own thread.
 */
public final class Answering {
  private static final long LIMIT_BYTES = 1 << 20;
  private static final long ENTRY_COST_BYTES = 1024;
  private static final long FRAME_COST_BYTES = 32;
  private static final long LINGER_MILLIS = 300;

  private final Channel channel;
  private final Origin origin;
  private final Appender appender;
  private final Counts counts;
  private Runnable resumed = () -> {};
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private final ArrayDeque<Pending> held = new ArrayDeque<>();
  private final Told told;
  private final Later later;
  private long inFlight;
  private boolean paused;
  private boolean answering;
  private boolean corked;
  private boolean isFlushDue;
  private boolean failed;
  private boolean ending;

  public Answering(Channel channel, Origin origin, Appender appender, Counts counts) {
    this.channel = channel;
    this.origin = origin;
    this.appender = appender;
    this.counts = counts;
    this.told = new Told(channel, appender);
    this.later = new Later(channel, this::retry);
    channel.closeFuture().addListener(_ -> doubt());
  }

  /** Says what to do when reading goes on after a pause. */
  public void whenResumed(Runnable task) {
    resumed = task;
  }

  /** Appends a batch; {@code answer} writes what the sender is told once it is on disk. */
  public void append(FrameBatch batch, Runnable answer) {
    if (failed) {
      appender.drop(origin, batch.count());
      return;
    }
    appender.count(batch);
    var entry = new Pending(batch, answer);
    pending.add(entry);
    inFlight += entry.cost;
    appender.hold(1);
    held.add(entry);
    send();
    look();
  }

  /** Runs {@code answer}, which may write, once all that was appended before is answered. */
  public void after(Runnable answer) {
    var entry = new Pending(answer);
    pending.add(entry);
    inFlight += entry.cost;
    answer();
    look();
  }

  /** Answers are written from here on, and leave with {@link #uncork}. */
  public void cork() {
    corked = true;
  }

  /** What was written since {@link #cork} leaves at once. */
  public void uncork() {
    corked = false;
    if (isFlushDue) {
      isFlushDue = false;
      channel.pipeline().flush();
    }
  }

  /** Bytes of answered frames that are remembered because their answers may be lost. */
  long rememberedBytes() {
    return told.bytes();
  }

  /** Whether everything is answered. */
  public boolean isIdle() {
    return pending.isEmpty();
  }

  /** Whether nothing more should be taken for now: what has arrived waits. */
  public boolean isPaused() {
    return paused || ending;
  }

  /** Whether what still arrives is thrown away. */
  public boolean isEnding() {
    return ending;
  }

  /** Looks whether to stop reading or to go on; also to be called when writability changes. */
  public void look() {
    if (ending) {
      return;
    }
    boolean wait =
        !held.isEmpty() || !channel.isWritable() || appender.isBusy(origin) || inFlight > bound();
    if (wait && !paused) {
      paused = true;
      channel.config().setAutoRead(false);
      later.ask();
    } else if (!wait && paused) {
      paused = false;
      channel.config().setAutoRead(true);
      resumed.run();
    }
  }

  /** Takes nothing more; answers what is pending, then {@code lastWords}, then closes. */
  public void end(Runnable lastWords) {
    if (ending) {
      return;
    }
    ending = true;
    channel.config().setAutoRead(false);
    after(
        () -> {
          lastWords.run();
          linger();
        });
  }

  // What still arrives is read and thrown away for a moment: a reset would destroy the answers.
  private void linger() {
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private long bound() {
    return paused ? LIMIT_BYTES / 2 : LIMIT_BYTES;
  }

  private void send() {
    while (!held.isEmpty() && !appender.isOverBound(origin)) {
      var next = held.remove();
      appender.hold(-1);
      next.sent = true;
      appender.append(next.batch, next);
    }
  }

  private void answer() {
    if (answering) {
      return; // writing may run the loop's other tasks: what is under way goes on with them
    }
    answering = true;
    boolean any = false;
    for (var head = pending.peek(); head != null && head.done; head = pending.peek()) {
      pending.remove();
      inFlight -= head.cost;
      head.answer.run();
      told.add(head.batch);
      any = true;
    }
    answering = false;
    if (any) {
      isFlushDue = true;
      if (!corked) {
        uncork();
      }
      look();
    }
  }

  // The connection is gone: what has no answer, or one that may not have arrived, may come again.
  private void doubt() {
    pending.stream().filter(p -> p.sent && !p.refused && !p.doubted).forEach(Pending::doubt);
    if (!ending) {
      told.doubt();
    }
    told.forget();
  }

  private void fail() {
    if (failed) {
      return;
    }
    failed = true;
    ending = true;
    counts.refused("log", 1);
    doubt();
    pending.clear();
    dropHeld();
    channel.close();
  }

  private void dropHeld() {
    for (var next = held.poll(); next != null; next = held.poll()) {
      appender.hold(-1);
      appender.drop(origin, next.batch.count());
    }
  }

  private void retry() {
    if (!channel.isActive()) {
      dropHeld(); // unanswered: the sender sends it again
      return;
    }
    send();
    look();
    if (paused) {
      later.ask();
    }
  }

  private final class Pending implements EventLog.Acknowledgement {
    private static final FrameBatch NONE =
        new FrameBatch.Builder().build(Origin.live("", "", ""), 0);
    private final FrameBatch batch;
    private final Runnable answer;
    private final long cost;
    private boolean done;
    private boolean sent;
    private boolean refused;
    private boolean doubted;

    Pending(FrameBatch batch, Runnable answer) {
      this.batch = batch;
      this.answer = answer;
      this.cost = ENTRY_COST_BYTES + batch.size() + FRAME_COST_BYTES * batch.count();
    }

    Pending(Runnable answer) {
      this(NONE, answer);
      done = true;
    }

    @Override
    public void durable(long firstSequence) {
      onLoop(
          () -> {
            done = true;
            answer();
          });
    }

    @Override
    public void failed(JournalFault fault) {
      onLoop(
          () -> {
            refused = true;
            if (doubted) {
              appender.relieve(batch);
            }
            fail();
          });
    }

    void doubt() {
      doubted = true;
      appender.doubt(batch);
    }

    private void onLoop(Runnable task) {
      try {
        channel.eventLoop().execute(task);
      } catch (RejectedExecutionException e) {
        // the listeners are down: the sender gets no answer and sends again
      }
    }
  }
}
