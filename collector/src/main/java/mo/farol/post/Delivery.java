package mo.farol.post;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;
import mo.farol.wire.Appender;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gunzip;

/** The events of one admitted request. Nothing of it is appended before all of it is here. */
final class Delivery implements FrameSink, AutoCloseable {
  private static final long UNPACKED_BYTES = 64 << 20;

  private final Origin origin;
  private final Appender appender;
  private final FrameBatch.Builder frames = new FrameBatch.Builder();
  private final List<FrameBatch> parts = new ArrayList<>();
  private final BodyFramer body;
  private final Gunzip gunzip;
  private final boolean packed;
  private final byte[] chunk = new byte[8 << 10];
  private long wireBytes;
  private long count;

  Delivery(Origin origin, boolean gzip, int frameLimit, Appender appender) {
    this.origin = origin;
    this.appender = appender;
    this.packed = gzip;
    this.body = new BodyFramer(frameLimit, this);
    this.gunzip = new Gunzip(UNPACKED_BYTES, body::take);
  }

  /** Takes the next bytes as sent; returns all that were sent so far. */
  long take(ByteBuf content) throws Gunzip.Broken {
    wireBytes += content.readableBytes();
    while (content.isReadable()) {
      int n = Math.min(content.readableBytes(), chunk.length);
      content.readBytes(chunk, 0, n);
      if (packed) {
        gunzip.take(chunk, 0, n);
      } else {
        body.take(chunk, 0, n);
      }
    }
    return wireBytes;
  }

  /** The body is here; returns the number of its frames. */
  long end() throws Gunzip.Broken {
    if (packed) {
      gunzip.end();
    }
    body.end();
    part();
    return count;
  }

  /** Appends everything; tells once, on the log's thread, whether all of it is on disk. */
  void append(Consumer<Boolean> durable) {
    var left = new AtomicInteger(parts.size());
    var failed = new AtomicBoolean();
    var each =
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            if (left.decrementAndGet() == 0) {
              durable.accept(!failed.get());
            }
          }

          @Override
          public void failed(JournalFault fault) {
            failed.set(true);
            durable(0);
          }
        };
    parts.forEach(appender::count);
    parts.forEach(part -> appender.append(part, each));
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    frames.add(bytes, from, to, mark);
    if (Appender.isFull(frames)) {
      part();
    }
  }

  @Override
  public void close() {
    gunzip.close();
  }

  private void part() {
    if (frames.count() > 0) {
      count += frames.count();
      parts.add(appender.batch(frames, origin));
    }
  }
}
