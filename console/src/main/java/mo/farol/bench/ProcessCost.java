package mo.farol.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has cost, as the operating system counts it (Linux {@code /proc}).
 *
 * @param cpuSeconds user and system time since its start
 * @param residentMiB memory resident now
 * @param peakMiB most memory that was ever resident
 */
public record ProcessCost(double cpuSeconds, long residentMiB, long peakMiB) {
  private static final double TICKS_A_SECOND = 100;

  public static ProcessCost of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // Fields after the name in parentheses; utime and stime are the 14th and 15th of all: proc(5).
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    String status = Files.readString(Path.of("/proc/" + pid + "/status"));
    return new ProcessCost(
        ticks / TICKS_A_SECOND,
        kibibytes(status, "VmRSS:") / 1024,
        kibibytes(status, "VmHWM:") / 1024);
  }

  private static long kibibytes(String status, String name) {
    return status
        .lines()
        .filter(l -> l.startsWith(name))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
