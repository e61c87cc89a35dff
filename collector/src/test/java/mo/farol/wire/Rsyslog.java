package mo.farol.wire;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** {@code rsyslogd} of Debian, sending the lines of a file. */
public final class Rsyslog implements AutoCloseable {
  private final Path folder;
  private final Process process;

  private Rsyslog(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** So many lines that differ. */
  public static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i + " of the file").toList();
  }

  /**
   * Starts it.
   *
   * @param folder its own, for all it writes
   * @param head configuration before the input, such as modules
   * @param action the action that sends
   */
  public static Rsyslog sending(Path folder, List<String> lines, String head, String action)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("app.log"), lines);
    var conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf,
        """
        global(workDirectory="%1$s")
        %2$s
        module(load="imfile")
        input(type="imfile" File="%1$s/app.log" Tag="app:" Facility="local0" Severity="info")
        %3$s
        """
            .formatted(folder, head, action));
    return new Rsyslog(
        folder,
        Programs.start(
            folder.resolve("rsyslog.out"),
            List.of(
                Programs.find("rsyslogd", "rsyslog"),
                "-n",
                "-f",
                conf.toString(),
                "-i",
                folder.resolve("pid").toString())));
  }

  /** Whether a module of it is here; {@code name} such as {@code omrelp}. */
  public static boolean has(String name) {
    for (File system : new File("/usr/lib").listFiles(File::isDirectory)) {
      if (new File(system, "rsyslog/" + name + ".so").exists()) {
        return true;
      }
    }
    return false;
  }

  /** What it had to say. */
  public String said() throws IOException {
    return Files.readString(folder.resolve("rsyslog.out"));
  }

  @Override
  public void close() {
    Programs.end(process);
  }
}
