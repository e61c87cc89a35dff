package mo.farol.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import mo.farol.event.FrameBatch;
import org.jspecify.annotations.Nullable;

/**
 * What packing a closed segment saves and costs. {@code main FILE COUNT} takes the lines of a file,
 * over and over with other numbers in them, in blocks of 1, 8, 64 and 1,024 frames, and prints for
 * each level bytes a frame before and after, thread CPU of packing, and the time to find one event.
 */
public final class PackBenchmark {
  private static final int[] BLOCKS = {1, 8, 64, 1_024};
  private static final int[] LEVELS = {1, 3, 6, 9};
  private static final int FINDS = 2_000;

  private PackBenchmark() {}

  /** Runs every case. */
  public static void main(String[] args) throws IOException {
    var lines = Files.readAllLines(Path.of(args[0]), StandardCharsets.ISO_8859_1);
    int count = Integer.parseInt(args[1]);
    for (int block : BLOCKS) {
      for (int level : LEVELS) {
        var folder = Files.createTempDirectory("pack");
        measure(folder, lines, count, block, level);
        try (var files = Files.walk(folder)) {
          for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private static void measure(Path folder, List<String> lines, int count, int block, int level)
      throws IOException {
    var disk = FolderDisk.open(folder);
    var config = new JournalConfig(folder, 4L << 30, 1L << 30);
    try (var journal = Journal.open(config, disk, 1, new SimpleMeterRegistry()).start()) {
      long raw = fill(journal, lines, count, block);
      var segments = new Recovery(disk).segments();
      var old = segments.list().getFirst();
      double findBefore = find(segments, count);
      var threads = ManagementFactory.getThreadMXBean();
      long begun = threads.getCurrentThreadCpuTime();
      new Rewriter(disk, segments, level).rewrite(old, Remains.WHOLE);
      double cpu = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
      long after = segments.list().getFirst().end();
      System.out.printf(
          "block %5d level %d: raw %.0f, before %.1f, after %.1f bytes a frame; %.2f CPU-s a"
              + " million; find %.0f, then %.0f us%n",
          block,
          level,
          (double) raw / count,
          (double) old.end() / count,
          (double) after / count,
          cpu * 1e6 / count,
          findBefore,
          find(segments, count));
    }
  }

  private static long fill(Journal journal, List<String> lines, int count, int block) {
    var random = new Random(1);
    var builder = new FrameBatch.Builder();
    long raw = 0;
    @Nullable Answer last = null;
    for (int i = 0; i < count; i++) {
      byte[] text =
          lines
              .get(i % lines.size())
              .replaceFirst("\\d{3}", String.valueOf(100 + random.nextInt(900)))
              .getBytes(StandardCharsets.ISO_8859_1);
      raw += text.length;
      builder.add(text, 0, text.length, (byte) 0);
      if (builder.count() == block || i == count - 1) {
        last = Answer.to(journal, builder.build(Numbered.ORIGIN, 1_700_000_000_000_000L + i * 50L));
        if (journal.pendingBytes() > 32 << 20) {
          last.sequence();
        }
      }
    }
    Objects.requireNonNull(last).sequence();
    return raw;
  }

  // Median of many, each in another place.
  private static double find(Segments segments, int count) {
    var random = new Random(2);
    segments.find(count - 1L);
    long[] nanos = new long[FINDS];
    for (int i = 0; i < FINDS; i++) {
      long begun = System.nanoTime();
      var _ = segments.find(random.nextInt(count)).orElseThrow();
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    return nanos[FINDS / 2] / 1e3;
  }
}
