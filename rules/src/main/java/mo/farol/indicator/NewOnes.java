package mo.farol.indicator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mo.farol.event.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a set holds that the set told before did not: values, and those now meant for other
 * agencies. What was told is kept in a file, so that a restart tells it no more. One thread.
 */
final class NewOnes {
  private static final Logger LOG = LoggerFactory.getLogger(NewOnes.class);
  private static final int BATCH = 1_000;
  // Kept of sources that can't be read for the moment; beyond, what the set does not hold goes.
  private static final int MOST_KEPT = IndicatorSet.LIMIT;

  /** Told of one change of the set; what is beyond is only remembered, and counted. */
  static final int MOST = 100_000;

  private final ToldKeys known;
  private final Novelties out;
  private final MessageDigest sha = sha();
  private IndicatorSet told = IndicatorSet.empty();
  private boolean wasWhole;
  private long leftOut;

  NewOnes(Path file, Novelties out) {
    known = new ToldKeys(file);
    this.out = out;
  }

  /** How many were not told, being too many at once. */
  long leftOut() {
    return leftOut;
  }

  /**
   * Tells what is new in a set.
   *
   * @param isWhole whether every source of it was read to its end: where not, what was told before
   *     and is not in the set is not forgotten
   * @throws IndicatorFault where the file can't be read, or can't be written: what was told is not
   *     told again in this process, and written with the next look
   */
  void look(IndicatorSet set, boolean isWhole, Instant now) {
    if (out.equals(Novelties.NONE)) {
      return;
    }
    if (!set.equals(told) || isWhole != wasWhole) {
      long[] all = new long[set.size()];
      int size = new Pass(set, now).tell(all);
      if (isWhole || known.size() > MOST_KEPT) {
        known.replace(all, size);
      } else {
        known.add(all, size);
      }
      told = set;
      wasWhole = isWhole;
    }
    known.write();
  }

  /** Once through a set. */
  private final class Pass {
    private final IndicatorSet set;
    private final Instant now;
    private final List<Novelties.Novelty> batch = new ArrayList<>();
    private final long[] keys = new long[MOST];
    private int taken;
    private int count;

    Pass(IndicatorSet set, Instant now) {
      this.set = set;
      this.now = now;
    }

    /** Fills in the keys of all that counts; returns how many. What was taken stays told. */
    int tell(long[] all) {
      int size = 0;
      try {
        for (Kind kind : Kind.values()) {
          for (int entry = 0; entry < set.size(kind); entry++) {
            var agencies = set.audience(kind, entry, Micros.of(now));
            if (agencies.isPresent() && set.shelf(kind).muted(entry) < 0) {
              all[size++] = look(kind, entry, agencies.get());
            }
          }
        }
        give();
      } catch (RuntimeException | Error e) {
        known.add(keys, taken);
        throw e;
      }
      if (count > MOST) {
        leftOut += count - MOST;
        LOG.warn(
            "{} new indicators at once: the events before are searched for {} of them only",
            count,
            MOST);
      }
      return size;
    }

    private long look(Kind kind, int entry, Set<String> agencies) {
      long key = key(kind, set.shelf(kind).table.key(entry), agencies);
      if (!known.contains(key) && count++ < MOST) {
        keys[taken + batch.size()] = key;
        set.at(kind, entry).ifPresent(i -> batch.add(new Novelties.Novelty(i, agencies)));
        if (batch.size() >= BATCH) {
          give();
        }
      }
      return key;
    }

    private void give() {
      if (!batch.isEmpty()) {
        out.found(List.copyOf(batch));
        taken += batch.size();
        batch.clear();
      }
    }
  }

  private long key(Kind kind, byte[] value, Set<String> agencies) {
    sha.update((byte) kind.ordinal());
    sha.update(value);
    for (String agency : agencies) { // in order
      sha.update((byte) 0);
      sha.update(agency.getBytes(StandardCharsets.UTF_8));
    }
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
