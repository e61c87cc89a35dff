package mo.farol.indicator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import mo.farol.event.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a set holds that the set told before did not: values, values that count only together,
 * and those now meant for other agencies. What was told is kept in a file, so that a restart tells
 * it no more. One thread.
 */
final class NewOnes {
  private static final Logger LOG = LoggerFactory.getLogger(NewOnes.class);
  private static final int BATCH = 1_000;
  private static final byte TOGETHER = -1; // no kind
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
      long[] all = new long[set.size() + set.groups()];
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
        size = groups(all, size);
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
      long key = keyOf(kind, set.shelf(kind).table.key(entry), agencies);
      if (!known.contains(key)) {
        take(key, () -> set.at(kind, entry).map(i -> new Novelties.Novelty(i, agencies)));
      }
      return key;
    }

    // Two sources that say the same tell one.
    private int groups(long[] all, int from) {
      var seen = new HashSet<Long>();
      Groups.each(
          set,
          parts -> {
            var first = parts.getFirst().getFirst();
            if (isLive(first) && parts.stream().flatMap(List::stream).anyMatch(this::speaks)) {
              long key = key(parts, terms(first).agencies());
              if (seen.add(key) && !known.contains(key)) {
                take(key, () -> Optional.of(novelty(parts)));
              }
            }
          });
      int size = from;
      for (long key : seen) {
        all[size++] = key;
      }
      return size;
    }

    private boolean isLive(Groups.Member one) {
      long until = set.shelf(one.kind()).claims.until(one.claim());
      return until == Claims.NONE || until > Micros.of(now);
    }

    private boolean speaks(Groups.Member one) {
      return set.shelf(one.kind()).muted(one.entry()) < 0;
    }

    private Terms terms(Groups.Member one) {
      return set.terms(set.shelf(one.kind()).claims.terms(one.claim()));
    }

    private Novelties.Novelty novelty(List<List<Groups.Member>> parts) {
      var first = parts.getFirst().getFirst();
      var claims = set.shelf(first.kind()).claims;
      var one = new Together();
      int claim = first.claim();
      one.add(terms(first), claims.id(claim), claims.from(claim), claims.until(claim));
      return new Novelties.Novelty(
          one.indicator(first.kind(), set.value(first.kind(), first.entry())),
          terms(first).agencies(),
          parts.stream().map(part -> part.stream().map(this::value).toList()).toList());
    }

    private Novelties.Value value(Groups.Member one) {
      return new Novelties.Value(one.kind(), set.value(one.kind(), one.entry()));
    }

    private long key(List<List<Groups.Member>> parts, Set<String> agencies) {
      parts.stream()
          .map(part -> part.stream().map(this::bytes).sorted(Arrays::compare).toList())
          .sorted((one, other) -> Arrays.compare(one.getFirst(), other.getFirst()))
          .forEach(
              part -> {
                sha.update(TOGETHER);
                part.forEach(sha::update);
              });
      return end(new TreeSet<>(agencies));
    }

    // Kind, length and value.
    private byte[] bytes(Groups.Member one) {
      byte[] value = set.shelf(one.kind()).table.key(one.entry());
      return ByteBuffer.allocate(1 + Integer.BYTES + value.length)
          .put((byte) one.kind().ordinal())
          .putInt(value.length)
          .put(value)
          .array();
    }

    private void take(long key, Supplier<Optional<Novelties.Novelty>> one) {
      if (count++ < MOST) {
        keys[taken + batch.size()] = key;
        one.get().ifPresent(batch::add);
        if (batch.size() >= BATCH) {
          give();
        }
      }
    }

    private void give() {
      if (!batch.isEmpty()) {
        out.found(List.copyOf(batch));
        taken += batch.size();
        batch.clear();
      }
    }
  }

  private long keyOf(Kind kind, byte[] value, Set<String> agencies) {
    sha.update((byte) kind.ordinal());
    sha.update(value);
    return end(agencies);
  }

  private long end(Set<String> agencies) {
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
