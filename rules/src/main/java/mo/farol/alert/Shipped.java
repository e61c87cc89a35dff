package mo.farol.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The rules that ship inside Farol: {@code book} and {@code decide}. */
public final class Shipped {
  private Shipped() {}

  /** The folder of the shipped rule book, for {@code RuleBook.load}; read-only. */
  public static Path book() {
    return folder("book");
  }

  /** The shipped decision rules, name to text. */
  static Map<String, String> decisions() {
    var folder = folder("decide");
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(folder, 4)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".drl")).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the decision rules inside Farol", e);
    }
    return texts;
  }

  private static Path folder(String name) {
    URL url = Shipped.class.getResource("/" + name);
    if (url == null) {
      throw new IllegalStateException("Farol was built without its folder " + name);
    }
    try {
      URI uri = url.toURI();
      return uri.getScheme().equals("jar") ? inJar(uri, name) : Path.of(uri);
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("can't open the folder " + name + " inside Farol", e);
    }
  }

  // Stays open for the life of the process: its paths are handed out.
  private static synchronized Path inJar(URI uri, String name) throws IOException {
    try {
      return FileSystems.newFileSystem(uri, Map.of()).getPath("/" + name);
    } catch (FileSystemAlreadyExistsException _) {
      return FileSystems.getFileSystem(uri).getPath("/" + name);
    }
  }
}
