package mo.farol.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where OpenSearch comes from: {@code console/peer/opensearch} of the sources, which Maven resolves
 * and compiles when it is asked for and was not yet. Nothing of it is on Farol's own class path.
 */
final class OpenSearchJars {
  private static final String FOLDER = "peer/opensearch";
  private static final String CLASS_PATH = "target/classpath";

  private OpenSearchJars() {}

  /** A class path with a node on it. */
  static String classPath() throws IOException, InterruptedException {
    Path project = project();
    Path file = project.resolve(CLASS_PATH);
    if (!isNewer(file, project)) {
      System.out.println("opensearch: Maven resolves its jars (the first time takes a minute)");
      build(project);
      // Maven leaves it alone where nothing of it changed.
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }
    return project.resolve("target/classes") + ":" + Files.readString(file).strip();
  }

  private static Path project() throws IOException {
    Path at = ours();
    for (Path up = at; up != null; up = up.getParent()) {
      Path found = up.resolve(FOLDER);
      if (Files.exists(found.resolve("pom.xml"))) {
        return found;
      }
    }
    throw new IOException(
        "no folder " + FOLDER + " above " + at + ": run --opensearch from Farol's sources");
  }

  private static Path ours() {
    try {
      return Path.of(
          OpenSearchJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the JVM names no file for a class of ours", e);
    }
  }

  private static boolean isNewer(Path file, Path project) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    var built = Files.getLastModifiedTime(file);
    var sources = List.of(project.resolve("pom.xml"), project.resolve("src"));
    for (Path source : sources) {
      try (Stream<Path> all = Files.walk(source)) {
        for (Path one : all.toList()) {
          if (Files.getLastModifiedTime(one).compareTo(built) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  // In this Java: the jars may be newer than the one that Maven takes by itself.
  private static void build(Path project) throws IOException, InterruptedException {
    var maven =
        new ProcessBuilder("mvn", "-q", "-B", "-ntp", "process-classes")
            .directory(project.toFile())
            .redirectErrorStream(true);
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = maven.start();
    String said = String.join("\n", ChildJvm.reader(process).lines().toList());
    if (process.waitFor() != 0) {
      throw new IOException("Maven could not build " + project + ":\n" + said);
    }
  }
}
