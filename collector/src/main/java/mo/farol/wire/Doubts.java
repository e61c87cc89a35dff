package mo.farol.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;

/**
 * Frames that are kept while their sender may never have heard so: the connection ended before the
 * answer, or we did. The sender will send them again from the same address, and then each is marked
 * as a duplicate, once; it is kept all the same. Costs nothing while nothing is in doubt. Any
 * thread may call.
 */
public final class Doubts {
  /** Frames of one agency that are remembered. */
  public static final int MOST_FRAMES = 131_072;

  private static final long KEEP_NANOS = TimeUnit.HOURS.toNanos(1);

  private final LongSupplier nanos;
  private final Counter duplicates;
  private final Map<String, Doubted> agencies = new ConcurrentHashMap<>();

  /** Frames by hash, each with how often it may come again. */
  private static final class Doubted {
    private final Map<Long, Integer> frames = new HashMap<>();
    private long lastNanos;

    /** Whether a hash was there; it may come once less from now on. */
    boolean take(long hash) {
      var times = frames.get(hash);
      if (times == null) {
        return false;
      }
      if (times == 1) {
        frames.remove(hash);
      } else {
        frames.put(hash, times - 1);
      }
      return true;
    }
  }

  /**
   * @param nanos a clock that only runs forward
   */
  public Doubts(LongSupplier nanos, MeterRegistry metrics) {
    this.nanos = nanos;
    this.duplicates = metrics.counter("farol_intake_duplicates_total");
  }

  /** These frames are kept, and their sender may not know. */
  public void doubt(FrameBatch batch) {
    var doubted = agencies.computeIfAbsent(batch.origin().agency(), _ -> new Doubted());
    var hashes = new Hashes(batch.origin());
    synchronized (doubted) {
      forgetOld(doubted);
      for (int i = 0; i < batch.count() && doubted.frames.size() < MOST_FRAMES; i++) {
        doubted.frames.merge(hashes.of(batch, i), 1, Integer::sum);
      }
      doubted.lastNanos = nanos.getAsLong();
    }
  }

  /** The log refused a batch that was marked: what was marked may still come again. */
  void doubtMarked(FrameBatch marked) {
    var doubted = agencies.computeIfAbsent(marked.origin().agency(), _ -> new Doubted());
    var hashes = new Hashes(marked.origin());
    synchronized (doubted) {
      for (int i = 0; i < marked.count(); i++) {
        if ((marked.marks(i) & FrameBatch.DUPLICATE) != 0) {
          doubted.frames.merge(hashes.of(marked, i), 1, Integer::sum);
        }
      }
    }
  }

  /** The same batch, with those of its frames marked that are in doubt; they no longer are. */
  FrameBatch marked(FrameBatch batch) {
    var doubted = agencies.isEmpty() ? null : agencies.get(batch.origin().agency());
    if (doubted == null) {
      return batch;
    }
    synchronized (doubted) {
      forgetOld(doubted);
      // An empty one stays: another thread may be about to fill it.
      return doubted.frames.isEmpty() ? batch : marked(batch, doubted);
    }
  }

  /** These frames were not kept after all. */
  public void relieve(FrameBatch batch) {
    var doubted = agencies.get(batch.origin().agency());
    if (doubted != null) {
      var hashes = new Hashes(batch.origin());
      synchronized (doubted) {
        for (int i = 0; i < batch.count(); i++) {
          doubted.take(hashes.of(batch, i));
        }
      }
    }
  }

  private FrameBatch marked(FrameBatch batch, Doubted doubted) {
    var hashes = new Hashes(batch.origin());
    byte[] marks = new byte[batch.count()];
    int found = 0;
    for (int i = 0; i < marks.length; i++) {
      marks[i] = batch.marks(i);
      if (doubted.take(hashes.of(batch, i))) {
        marks[i] |= FrameBatch.DUPLICATE;
        found++;
      }
    }
    duplicates.increment(found);
    return found == 0 ? batch : batch.withMarks(marks);
  }

  private void forgetOld(Doubted doubted) {
    if (nanos.getAsLong() - doubted.lastNanos > KEEP_NANOS) {
      doubted.frames.clear();
    }
  }

  /**
   * The first eight bytes of a SHA-256 over the sender's address and a frame, so that no sender can
   * make two alike, and a like line of another sender is no duplicate.
   */
  private static final class Hashes {
    private final MessageDigest sha256;
    private final byte[] peer;

    Hashes(Origin origin) {
      peer = (origin.peer() + "\n").getBytes(UTF_8);
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    long of(FrameBatch batch, int i) {
      sha256.update(peer);
      sha256.update(batch.bytes(), batch.start(i), batch.keptEnd(i) - batch.start(i));
      return ByteBuffer.wrap(sha256.digest()).getLong();
    }
  }
}
