package mo.farol.wire;

import java.net.InetSocketAddress;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/**
 * The frames of a UDP listener on their way to the log: those of one peer that follow each other
 * travel as one batch. UDP can't be told to wait, so what the log doesn't take is dropped and
 * counted. One a listener, on its event loop.
 */
public final class Datagrams implements FrameSink {
  private final String agency;
  private final String input;
  private final String format;
  private final Appender appender;
  private final FrameBatch.Builder frames = new FrameBatch.Builder();
  private InetSocketAddress sender = new InetSocketAddress(0);
  private Origin origin;

  /**
   * @param format parser asked for, empty to detect
   */
  public Datagrams(String agency, String input, String format, Appender appender) {
    this.agency = agency;
    this.input = input;
    this.format = format;
    this.appender = appender;
    this.origin = Origin.live(agency, input, "", format);
    appender.drop(origin, 0);
  }

  /** What is added from now on came from here. */
  public void from(InetSocketAddress peer) {
    if (!peer.getAddress().equals(sender.getAddress())) {
      flush();
      sender = peer;
      origin = Origin.live(agency, input, Peer.of(peer), format);
    }
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    frames.add(bytes, from, to, mark);
    if (Appender.isFull(frames)) {
      flush();
    }
  }

  /** Sends on what was added. */
  public void flush() {
    int count = frames.count();
    if (count == 0) {
      return;
    }
    var batch = appender.batch(frames, origin);
    if (appender.isOverBound(origin) || appender.isOverQuota(origin)) {
      appender.drop(origin, count);
    } else {
      appender.count(batch);
      appender.append(batch, new Receipt(origin, count));
    }
  }

  private final class Receipt implements EventLog.Acknowledgement {
    private final Origin from;
    private final int count;

    Receipt(Origin from, int count) {
      this.from = from;
      this.count = count;
    }

    @Override
    public void durable(long firstSequence) {
      // nobody waits for an answer
    }

    @Override
    public void failed(JournalFault fault) {
      appender.drop(from, count);
    }
  }
}
