package mo.farol.centre;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Folders that travel inside Farol's own jars, and those an operator adds. */
final class Shipped {
  private Shipped() {}

  /** The shipped folder, the home's own, then further ones: later ones win. */
  static List<Path> folders(String shipped, Path own, List<String> further) {
    var folders = new ArrayList<Path>();
    folders.add(inside(shipped));
    folders.add(own);
    further.forEach(f -> folders.add(Path.of(f)));
    return folders;
  }

  /** A folder on the class path, as a path that can be walked. */
  static Path inside(String name) {
    var url = Shipped.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IllegalStateException(name + " is missing from the class path");
    }
    try {
      URI uri = url.toURI();
      return uri.getScheme().equals("jar") ? inJar(uri) : Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has an address that is none: " + url, e);
    }
  }

  // One at a time: two that open the same jar at once would disturb each other.
  private static synchronized Path inJar(URI uri) {
    try {
      return Path.of(uri);
    } catch (FileSystemNotFoundException e) {
      try {
        FileSystems.newFileSystem(uri, Map.of());
        return Path.of(uri);
      } catch (IOException io) {
        throw new UncheckedIOException("cannot read " + uri, io);
      }
    }
  }
}
