package mo.farol.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Salt;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Frames a second that become leaves in the tree's files, one thread; {@code main} runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
public class SealBenchmark {
  private static final int FRAMES = 4_096;
  private static final int BYTES = 260;

  /** Frames of one block. */
  @Param({"1", "64", "4096"})
  public int block;

  private final Leaves leaves = new Leaves();
  private EventLog.Block[] blocks = {};
  private Path folder = Path.of("");
  private @Nullable Tree tree;

  /** Runs every case. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(SealBenchmark.class.getSimpleName())
                .addProfiler("gc")
                .build())
        .run();
  }

  /** Makes the blocks. */
  @Setup
  public void open() throws IOException {
    var random = new Random(1);
    blocks = new EventLog.Block[FRAMES / block];
    byte[] frame = new byte[BYTES];
    for (int b = 0; b < blocks.length; b++) {
      var builder = new FrameBatch.Builder();
      for (int i = 0; i < block; i++) {
        random.nextBytes(frame);
        builder.add(frame, 0, BYTES, (byte) 0);
      }
      var batch = builder.build(Origin.live("harbour", "syslog.tcp", "192.0.2.7"), b);
      blocks[b] =
          new EventLog.Block((long) b * block, 0, batch, new Salt.OfBlock(random.nextLong(), b));
    }
    folder = Files.createTempDirectory("seal");
    tree = Tree.open(folder, 0);
  }

  /** Hashes 4,096 frames into the tree and writes it out. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long seal() throws IOException {
    var growing = Objects.requireNonNull(tree);
    for (var each : blocks) {
      leaves.open(each);
      for (int i = 0; i < block; i++) {
        leaves.hash(each, i, each.firstSequence() + i, growing.tile(), growing.next());
        growing.added();
      }
    }
    return growing.size();
  }

  /** Removes the files. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(tree).close();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
