package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * A disk that is full after so many bytes, fails now and then, and tells what would be left of it
 * after a power cut: what was not synced is whole, torn, full of other bytes, or gone. What
 * Lucene's own MockDirectoryWrapper does and is of use here.
 */
final class FaultyGround implements Ground {
  /** May want to see the disk before something is done to it, on the thread that does it. */
  interface Watch {
    void before(String deed) throws IOException;
  }

  private final Random random;
  private final Map<Path, Folder> folders = new ConcurrentHashMap<>();
  private long room = Long.MAX_VALUE;
  private double faults;
  private long mergeRoom = Long.MAX_VALUE;
  private volatile Watch watch = _ -> {};

  FaultyGround(long seed) {
    random = new Random(seed);
  }

  /** From here on only so many bytes can be written, less what is deleted meanwhile. */
  synchronized void leave(long bytes) {
    room = bytes;
  }

  /** From here on each deed fails as often as this. */
  synchronized void fail(double part) {
    faults = part;
  }

  /** What merging is told to have. */
  synchronized void leaveToMerges(long bytes) {
    mergeRoom = bytes;
  }

  void watch(Watch each) {
    watch = each;
  }

  @Override
  public Directory open(Path folder) throws IOException {
    return new Faulty(FSDirectory.open(folder), folders.computeIfAbsent(folder, _ -> new Folder()));
  }

  @Override
  public synchronized long roomBytes(Path folder) {
    return mergeRoom;
  }

  /** Copies what a power cut would leave of all days. */
  synchronized void cut(Path index, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : List.of(Checkpoint.FILE, "mendings")) {
      if (Files.exists(index.resolve(name))) {
        Files.copy(index.resolve(name), target.resolve(name));
      }
    }
    for (var day : Leftovers.days(index)) {
      var to = Files.createDirectories(target.resolve(day.getFileName()));
      var unsure = folders.getOrDefault(day, new Folder());
      for (var file : files(day)) {
        leave(file, to, unsure);
      }
    }
  }

  private void leave(Path file, Path to, Folder unsure) throws IOException {
    String name = file.getFileName().toString();
    if (name.equals("write.lock")) {
      return;
    }
    String old = unsure.renamed.getOrDefault(name, name);
    boolean keepsNew = unsure.renamed.containsKey(name) && random.nextBoolean();
    var target = to.resolve(keepsNew ? name : old);
    if (!unsure.unsynced.contains(name)) {
      Files.copy(file, target);
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    switch (random.nextInt(4)) {
      case 0 -> Files.write(target, bytes);
      case 1 ->
          Files.write(target, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      case 2 -> {
        random.nextBytes(bytes);
        Files.write(target, bytes);
      }
      default -> {
        // gone
      }
    }
  }

  private static Collection<Path> files(Path day) throws IOException {
    var files = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(day)) {
      all.forEach(files::add);
    }
    return files;
  }

  private void before(String deed) throws IOException {
    watch.before(deed);
    synchronized (this) {
      if (faults > 0 && random.nextDouble() < faults) {
        throw new IOException("Input/output error (made up) at: " + deed);
      }
    }
  }

  private synchronized void take(long bytes) throws IOException {
    if (room < bytes) {
      throw new IOException("No space left on device (made up)");
    }
    room -= room == Long.MAX_VALUE ? 0 : bytes;
  }

  private synchronized void give(long bytes) {
    room += room == Long.MAX_VALUE ? 0 : bytes;
  }

  /** What of one folder is not on the disk yet. */
  private static final class Folder {
    final TreeSet<String> unsynced = new TreeSet<>();
    final Map<String, String> renamed = new HashMap<>();
    final TreeMap<String, Long> lengths = new TreeMap<>();
  }

  private final class Faulty extends FilterDirectory {
    private final Folder folder;

    Faulty(Directory in, Folder folder) {
      super(in);
      this.folder = folder;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      before("create " + name);
      synchronized (FaultyGround.this) {
        folder.unsynced.add(name);
        return new Output(super.createOutput(name, context), name, folder);
      }
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
        throws IOException {
      before("create " + prefix);
      synchronized (FaultyGround.this) {
        var out = super.createTempOutput(prefix, suffix, context);
        folder.unsynced.add(out.getName());
        return new Output(out, out.getName(), folder);
      }
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
      before("sync " + names);
      synchronized (FaultyGround.this) {
        super.sync(names);
        folder.unsynced.removeAll(names);
      }
    }

    @Override
    public void syncMetaData() throws IOException {
      before("sync the folder");
      synchronized (FaultyGround.this) {
        super.syncMetaData();
        folder.renamed.clear();
      }
    }

    @Override
    public void rename(String from, String to) throws IOException {
      before("rename " + from + " to " + to);
      synchronized (FaultyGround.this) {
        super.rename(from, to);
        folder.renamed.put(to, from);
        if (folder.unsynced.remove(from)) {
          folder.unsynced.add(to);
        }
      }
    }

    @Override
    public void deleteFile(String name) throws IOException {
      watch.before("delete " + name);
      synchronized (FaultyGround.this) {
        long length = folder.lengths.getOrDefault(name, 0L);
        super.deleteFile(name);
        folder.unsynced.remove(name);
        folder.lengths.remove(name);
        give(length);
      }
    }
  }

  private final class Output extends IndexOutput {
    private final IndexOutput out;
    private final Folder folder;

    Output(IndexOutput out, String name, Folder folder) {
      super("faulty " + name, name);
      this.out = out;
      this.folder = folder;
    }

    @Override
    public void writeByte(byte b) throws IOException {
      take(1);
      out.writeByte(b);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
      take(length);
      out.writeBytes(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      synchronized (FaultyGround.this) {
        folder.lengths.put(getName(), out.getFilePointer());
        out.close();
      }
    }

    @Override
    public long getFilePointer() {
      return out.getFilePointer();
    }

    @Override
    public long getChecksum() throws IOException {
      return out.getChecksum();
    }
  }
}
