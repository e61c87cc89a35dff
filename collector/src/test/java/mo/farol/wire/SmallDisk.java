package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes that really runs full. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one over a folder; skips the test where nobody may mount. */
  public static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
            == 0,
        "SKIPPED: this test needs the right to mount a tmpfs");
    return new SmallDisk(folder);
  }

  /** Takes all space but this much. */
  public void fill(long leftBytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    Files.write(ballast(), new byte[Math.toIntExact(Math.max(0, free - leftBytes))]);
  }

  /** Gives the space back. */
  public void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() {
    assertThat(run("umount", folder.toString())).as("nobody holds a file of it").isZero();
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(String... command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no such program here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
