package mo.farol.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel threw away because a UDP listener's buffer was full: nobody else ever knows of
 * it. Linux tells it for each socket in {@code /proc/net/udp} and {@code udp6}; elsewhere it is 0.
 */
public final class KernelDrops {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;

  private KernelDrops() {}

  /** Datagrams dropped so far by the sockets of a local port that are open now. */
  public static long of(int port) {
    long drops = 0;
    for (Path table : TABLES) {
      try {
        drops += in(Files.readAllLines(table), port);
      } catch (IOException e) {
        // not Linux, or not to be read here: nothing is known
      }
    }
    return drops;
  }

  /** The same, from the lines of a table. */
  static long in(List<String> lines, int port) {
    String ending = ":%04X".formatted(port);
    long drops = 0;
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > DROPS && words[LOCAL_ADDRESS].endsWith(ending)) {
        drops += Long.parseLong(words[DROPS]);
      }
    }
    return drops;
  }
}
