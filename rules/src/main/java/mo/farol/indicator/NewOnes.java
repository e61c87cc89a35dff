package mo.farol.indicator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import mo.farol.event.Micros;

/**
 * Tells what a set holds that the set told before did not: values, and those now meant for other
 * agencies. What was told is kept in a file, eight bytes a value, so that a restart tells it no
 * more. One thread.
 */
final class NewOnes {
  private static final int BATCH = 1_000;

  /** Told of one change of the set; what is beyond is only remembered, and counted. */
  static final int MOST = 100_000;

  private final Path file;
  private final Novelties out;
  private final MessageDigest sha = sha();
  private IndicatorSet told = IndicatorSet.empty();
  private long leftOut;

  NewOnes(Path file, Novelties out) {
    this.file = file;
    this.out = out;
  }

  /** How many were not told, being too many at once. */
  long leftOut() {
    return leftOut;
  }

  /** Tells what is new in a set; an {@link IndicatorFault} where the file can't be used. */
  void look(IndicatorSet set, Instant now) {
    if (set.equals(told) || out.equals(Novelties.NONE)) {
      return;
    }
    long[] known = read();
    long[] all = new long[set.size()];
    var batch = new ArrayList<Novelties.Novelty>();
    int size = 0;
    int count = 0;
    for (Kind kind : Kind.values()) {
      for (int entry = 0; entry < set.size(kind); entry++) {
        var agencies = set.audience(kind, entry, Micros.of(now));
        if (agencies.isEmpty() || set.shelf(kind).muted(entry) >= 0) {
          continue;
        }
        long key = key(kind, set.shelf(kind).table.key(entry), agencies.get());
        all[size++] = key;
        if (Arrays.binarySearch(known, key) < 0 && count++ < MOST) {
          set.at(kind, entry).ifPresent(i -> batch.add(new Novelties.Novelty(i, agencies.get())));
          tell(batch, BATCH);
        }
      }
    }
    tell(batch, 1);
    leftOut += Math.max(0, count - MOST);
    if (size > 0 || Files.exists(file)) {
      write(all, size);
    }
    told = set;
  }

  private void tell(List<Novelties.Novelty> batch, int least) {
    if (batch.size() >= least) {
      out.found(List.copyOf(batch));
      batch.clear();
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

  private long[] read() {
    try {
      if (!Files.exists(file)) {
        return new long[0];
      }
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      long[] keys = new long[bytes.remaining() / Long.BYTES];
      bytes.asLongBuffer().get(keys);
      return keys;
    } catch (IOException e) {
      throw new IndicatorFault("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  private void write(long[] keys, int size) {
    Arrays.sort(keys, 0, size);
    var bytes = ByteBuffer.allocate(size * Long.BYTES);
    bytes.asLongBuffer().put(keys, 0, size);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(draft, bytes.array());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IndicatorFault("can't write " + file + ": " + e.getMessage(), e);
    }
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
