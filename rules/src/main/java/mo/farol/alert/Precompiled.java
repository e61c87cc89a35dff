package mo.farol.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.drools.model.Model;

/**
 * The shipped decision rules as classes, made when Farol is built: the DRL compiler would take most
 * of a start. A file that reads otherwise than it did then is compiled anew.
 */
public final class Precompiled {
  private static final String LIST = "compiled.txt";
  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.]+)", Pattern.MULTILINE);

  private Precompiled() {}

  /**
   * Compiles the shipped decision rules; part of the build.
   *
   * @param args the folder of classes to write to
   */
  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]).resolve("decide");
    var texts = Shipped.decisions();
    if (!list().keySet().equals(digests(texts).keySet())) {
      write(folder, texts);
    }
  }

  /** Takes out of these files, name to text, those that were compiled before. */
  static List<Model> take(Map<String, String> texts) {
    var known = list();
    var changed = new HashSet<Optional<String>>();
    for (String text : texts.values()) {
      if (!known.containsKey(Digests.sha256(text))) {
        changed.add(pkg(text)); // a package is compiled as a whole
      }
    }
    var models = new ArrayList<Model>();
    var rest = texts.values().iterator();
    while (rest.hasNext()) {
      String text = rest.next();
      String name = known.get(Digests.sha256(text));
      if (name != null && !changed.contains(pkg(text))) {
        models.add(model(name));
        rest.remove();
      }
    }
    return models;
  }

  private static void write(Path folder, Map<String, String> texts) throws IOException {
    var refused = new ArrayList<DrlFault>();
    DrlCheck.allowed(texts, refused);
    if (!refused.isEmpty()) {
      throw new IOException("the shipped decision rules say what they may not: " + refused);
    }
    var made = DrlCompiler.compile(texts);
    if (!made.faults().isEmpty()) {
      throw new IOException("the shipped decision rules don't compile: " + made.faults());
    }
    clear(folder);
    for (var file : made.classes().entrySet()) {
      var path = folder.resolveSibling(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    var lines = new ArrayList<String>();
    digests(texts)
        .forEach((digest, text) -> lines.add(digest + " " + modelOf(text, made.models())));
    Files.write(folder.resolve(LIST), lines);
  }

  private static void clear(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (file.toString().endsWith(".class")) {
          Files.delete(file);
        }
      }
    }
  }

  private static String modelOf(String text, List<Model> models) {
    String pkg = pkg(text).orElse("");
    return models.stream()
        .filter(model -> model.getPackageName().equals(pkg))
        .map(model -> model.getClass().getName())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no rule in package '" + pkg + "'"));
  }

  // Digest of a file's text to the class of its model; nothing where Farol was built without.
  private static Map<String, String> list() {
    try (var in = Precompiled.class.getResourceAsStream("/decide/" + LIST)) {
      var list = new HashMap<String, String>();
      if (in != null) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split(" ", 2))
            .forEach(words -> list.put(words[0], words[1]));
      }
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the decision rules inside Farol", e);
    }
  }

  private static Model model(String name) {
    try {
      return Class.forName(name).asSubclass(Model.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Farol was built without its decision rules", e);
    }
  }

  private static Optional<String> pkg(String text) {
    return PACKAGE.matcher(text).results().map(m -> m.group(1)).findFirst();
  }

  private static Map<String, String> digests(Map<String, String> texts) {
    var digests = new TreeMap<String, String>();
    texts.values().forEach(text -> digests.put(Digests.sha256(text), text));
    return digests;
  }
}
