package mo.farol.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a port, as Linux tells it of processes that are one's own to see.
 *
 * @param name of its program
 */
record SocketOwner(long pid, String name) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  /** Whether any process has it. */
  static boolean isHeld(int port, boolean isUdp) {
    return !sockets(port, isUdp).isEmpty();
  }

  /** Who has it; empty where nobody does, or it is not to be seen. */
  static Optional<SocketOwner> of(int port, boolean isUdp) {
    var sockets = sockets(port, isUdp);
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (hasAny(process, sockets)) {
          long pid = Long.parseLong(process.getFileName().toString());
          return Optional.of(new SocketOwner(pid, name(process)));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Set<String> sockets(int port, boolean isUdp) {
    var sockets = new HashSet<String>();
    String wanted = ":%04X".formatted(port);
    for (String table : isUdp ? List.of("udp", "udp6") : List.of("tcp", "tcp6")) {
      try (var lines = Files.lines(PROC.resolve("net").resolve(table))) {
        lines
            .map(line -> line.strip().split("\\s+", -1))
            .filter(row -> row.length > INODE && row[LOCAL].endsWith(wanted))
            .filter(row -> isUdp || row[STATE].equals(LISTENING))
            .forEach(row -> sockets.add("socket:[" + row[INODE] + "]"));
      } catch (IOException e) {
        // no Linux, or no such protocol
      }
    }
    return sockets;
  }

  private static boolean hasAny(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var each : open) {
        if (sockets.contains(Files.readSymbolicLink(each).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return false; // another's, or it ended just now
    }
  }

  private static String name(Path process) throws IOException {
    return Files.readString(process.resolve("comm")).strip();
  }

  @Override
  public String toString() {
    return "%s (process %d)".formatted(name, pid);
  }
}
