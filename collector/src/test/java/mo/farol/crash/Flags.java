package mo.farol.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How the process is started: with an archive of its classes, for it is started often. The JVM
 * archives classes of jars only, so what was just compiled is put into one.
 */
final class Flags {
  private static final List<String> SMALL =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xlog:disable");

  private Flags() {}

  /** Starts and ends one in a folder of its own, and lets the JVM note what that took. */
  static List<String> learnt(Path folder) throws IOException, InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    var plain = new ArrayList<>(SMALL);
    plain.addAll(List.of("-cp", jars(folder)));
    var learning = new ArrayList<>(plain);
    learning.addFirst("-XX:ArchiveClassesAtExit=" + archive);
    try (var child = Child.start(new Home(folder.resolve("learning")), learning)) {
      child.ready();
      child.end();
    }
    plain.addFirst("-XX:SharedArchiveFile=" + archive);
    return plain;
  }

  private static String jars(Path folder) throws IOException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var jars = new ArrayList<String>();
    for (String each : all.split(File.pathSeparator, -1)) {
      var path = Path.of(each);
      jars.add(Files.isDirectory(path) ? jar(path, folder.resolve(jars.size() + ".jar")) : each);
    }
    return String.join(File.pathSeparator, jars);
  }

  private static String jar(Path classes, Path target) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(target));
        Stream<Path> files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(classes, file, out);
      }
    }
    return target.toString();
  }

  private static void add(Path classes, Path file, JarOutputStream jar) throws IOException {
    jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
    Files.copy(file, (OutputStream) jar);
    jar.closeEntry();
  }
}
