package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that keeps what was written apart from what was forced. It can lose its power,
 * fail a sync (and then forget the pages, as Linux does) or run full.
 */
final class FakeDisk implements Disk {
  private static final int SECTOR = 512;

  private static final class File {
    byte[] bytes = new byte[256];
    int length;
    int forced;
    boolean isNamed;

    File copy() {
      var copy = new File();
      copy.bytes = bytes.clone();
      copy.length = length;
      copy.forced = forced;
      copy.isNamed = isNamed;
      return copy;
    }
  }

  private final Random random;
  private final Map<String, File> files = new TreeMap<>();
  private final Map<String, File> unlinked = new TreeMap<>();
  // What a name meant before a rename that is not on the disk yet: after a cut it means one or the
  // other, never neither.
  private final Map<String, File> renamed = new TreeMap<>();
  private final Map<String, byte[]> apart = new TreeMap<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long room = Long.MAX_VALUE;
  private long usable = Long.MAX_VALUE;
  private int syncsThatFail;
  private int cutsThatFail;
  private final Map<String, Integer> spoilt = new TreeMap<>();

  FakeDisk(Random random) {
    this.random = random;
  }

  /** Lets the power fail after so many more operations. */
  synchronized void losePowerAfter(long operations) {
    operationsLeft = operations;
  }

  synchronized boolean isDead() {
    return operationsLeft <= 0;
  }

  /** Lets this many syncs fail. */
  synchronized void failSyncs(int count) {
    syncsThatFail = count;
  }

  /** Lets this many truncations fail. */
  synchronized void failCuts(int count) {
    cutsThatFail = count;
  }

  /** Lets so many bytes at the beginning of a file be read no more. */
  synchronized void spoil(String name, int bytes) {
    spoilt.put(name, bytes);
  }

  /** Says that so many bytes are free, whatever there is room for. */
  synchronized void sayFree(long bytes) {
    usable = bytes;
  }

  /** Leaves room for this many bytes more. */
  synchronized void limit(long bytes) {
    room = bytes;
  }

  /** What is left after the power went: what was forced, and a torn piece of what was not. */
  synchronized FakeDisk afterPowerCut() {
    var after = new FakeDisk(random);
    files.forEach(
        (name, file) -> {
          if (file.isNamed || random.nextBoolean()) {
            after.files.put(name, torn(file));
          }
        });
    unlinked.forEach(
        (name, file) -> {
          if (!after.files.containsKey(name) && random.nextBoolean()) {
            after.files.put(name, torn(file));
          }
        });
    renamed.forEach((name, file) -> after.files.computeIfAbsent(name, _ -> torn(file)));
    after.apart.putAll(apart);
    return after;
  }

  /** The same disk for the next process: all that was written, forced or not. */
  synchronized FakeDisk afterKill() {
    var after = new FakeDisk(random);
    files.forEach((name, file) -> after.files.put(name, file.copy()));
    after.apart.putAll(apart);
    return after;
  }

  /** As if nothing had been forced since the files were made. */
  synchronized void forgetForces() {
    files.values().forEach(file -> file.forced = 0);
  }

  synchronized void put(String name, byte[] bytes) {
    var file = new File();
    file.bytes = bytes.clone();
    file.length = bytes.length;
    file.forced = bytes.length;
    file.isNamed = true;
    files.put(name, file);
  }

  synchronized void remove(String name) {
    files.remove(name);
  }

  /** Empties the quarantine. */
  synchronized void forget() {
    apart.clear();
  }

  synchronized byte[] get(String name) {
    var file = files.get(name);
    return file == null ? new byte[0] : Arrays.copyOf(file.bytes, file.length);
  }

  synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  synchronized Map<String, byte[]> apart() {
    return Map.copyOf(apart);
  }

  private File torn(File file) {
    var left = new File();
    int kept = file.forced + random.nextInt(file.length - file.forced + 1);
    left.bytes = Arrays.copyOf(file.bytes, kept);
    for (int at = file.forced; at < kept; at += SECTOR - at % SECTOR) {
      if (random.nextInt(4) == 0) {
        Arrays.fill(left.bytes, at, Math.min(kept, at + SECTOR - at % SECTOR), (byte) 0);
      }
    }
    left.length = kept;
    left.forced = kept;
    left.isNamed = true;
    return left;
  }

  private void spend() throws IOException {
    if (operationsLeft-- <= 0) {
      operationsLeft = 0;
      throw new IOException("no power");
    }
  }

  private File file(String name) throws IOException {
    var file = files.get(name);
    if (file == null) {
      throw new IOException("no file " + name);
    }
    return file;
  }

  @Override
  public synchronized long usableBytes() {
    return usable;
  }

  @Override
  public synchronized Map<String, Long> files() throws IOException {
    spend();
    var lengths = new TreeMap<String, Long>();
    files.forEach((name, file) -> lengths.put(name, (long) file.length));
    return lengths;
  }

  @Override
  public synchronized Output create(String name) throws IOException {
    spend();
    var file = new File();
    files.put(name, file);
    unlinked.remove(name);
    return new FakeOutput(file);
  }

  @Override
  public synchronized Input open(String name) throws IOException {
    spend();
    return new FakeInput(file(name), name);
  }

  @Override
  public synchronized void force(String name) throws IOException {
    spend();
    force(file(name));
  }

  private void force(File file) throws IOException {
    if (syncsThatFail > 0) {
      syncsThatFail--;
      if (random.nextBoolean()) {
        Arrays.fill(file.bytes, file.forced, file.length, (byte) 0);
      }
      throw new IOException("Input/output error");
    }
    file.forced = file.length;
  }

  @Override
  public synchronized void truncate(String name, long length) throws IOException {
    spend();
    if (cutsThatFail > 0) {
      cutsThatFail--;
      throw new IOException("Input/output error");
    }
    var file = file(name);
    file.length = (int) length;
    file.forced = (int) length;
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    spend();
    var file = files.remove(name);
    if (file != null && file.isNamed) {
      unlinked.put(name, file);
    }
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    spend();
    var moved = file(from);
    var replaced = files.remove(to);
    files.remove(from);
    moved.isNamed = false;
    spoilt.remove(to);
    files.put(to, moved);
    if (replaced != null && replaced.isNamed) {
      renamed.put(to, replaced);
    }
  }

  @Override
  public synchronized void forceNames() throws IOException {
    spend();
    files.values().forEach(file -> file.isNamed = true);
    unlinked.clear();
    renamed.clear();
  }

  @Override
  public synchronized void quarantine(String name, byte[] bytes) throws IOException {
    spend();
    apart.put(name, bytes.clone());
  }

  @Override
  public synchronized void quarantine(String name) throws IOException {
    spend();
    apart.put(name, get(name));
    files.remove(name);
  }

  @Override
  public synchronized List<Quarantined> quarantined() throws IOException {
    spend();
    var list = new ArrayList<Quarantined>();
    apart.forEach((name, bytes) -> Quarantined.of(name, bytes.length).ifPresent(list::add));
    return list;
  }

  @Override
  public void close() {}

  private final class FakeOutput implements Output {
    private final File file;

    FakeOutput(File file) {
      this.file = file;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      synchronized (FakeDisk.this) {
        boolean isLast = operationsLeft == 1;
        spend();
        int n = bytes.remaining();
        if (isLast) {
          n = random.nextInt(n + 1);
        }
        write(bytes, (int) Math.min(n, room));
        if (bytes.hasRemaining()) {
          throw new IOException(isLast ? "no power" : "No space left on device");
        }
      }
    }

    private void write(ByteBuffer bytes, int n) {
      if (file.length + n > file.bytes.length) {
        file.bytes = Arrays.copyOf(file.bytes, Math.max(file.bytes.length * 2, file.length + n));
      }
      bytes.get(file.bytes, file.length, n);
      file.length += n;
      room -= n;
    }

    @Override
    public void force() throws IOException {
      synchronized (FakeDisk.this) {
        spend();
        FakeDisk.this.force(file);
      }
    }

    @Override
    public void close() {}
  }

  private final class FakeInput implements Input {
    private final File file;

    private final String name;

    FakeInput(File file, String name) {
      this.file = file;
      this.name = name;
    }

    @Override
    public int read(byte[] into, int from, int length, long position) throws IOException {
      synchronized (FakeDisk.this) {
        if (position < spoilt.getOrDefault(name, 0)) {
          throw new IOException("Input/output error");
        }
        int n = Math.clamp(file.length - position, 0, length);
        System.arraycopy(file.bytes, (int) position, into, from, n);
        return n;
      }
    }

    @Override
    public long length() {
      synchronized (FakeDisk.this) {
        return file.length;
      }
    }

    @Override
    public void close() {}
  }
}
