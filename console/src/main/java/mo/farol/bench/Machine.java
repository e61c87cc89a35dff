package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark ran on, in words. */
public final class Machine {
  private Machine() {}

  public static String describe() {
    long mib = Runtime.getRuntime().maxMemory() >> 20;
    return "%d cores, %s, Java %s, heap at most %d MiB"
        .formatted(Runtime.getRuntime().availableProcessors(), processor(), Runtime.version(), mib);
  }

  private static String processor() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"))
          .lines()
          .filter(l -> l.startsWith("model name"))
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
