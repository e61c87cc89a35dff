package mo.farol.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;

/** Drools' compiler: DRL text to executable models. */
final class DrlCompiler {
  private static final Pattern ERR_LINE = Pattern.compile("Line (\\d+):");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private DrlCompiler() {}

  /**
   * What came out: nothing where there are faults.
   *
   * @param models what a rule base is made of
   * @param classes of the models, by path
   */
  record Outcome(List<Model> models, Map<String, byte[]> classes, List<DrlFault> faults) {}

  static Outcome compile(Map<String, String> texts) {
    if (texts.isEmpty()) {
      return new Outcome(List.of(), Map.of(), List.of());
    }
    var kie = KieServices.get();
    var release = kie.newReleaseId("mo.farol", "decide", Long.toString(System.nanoTime()));
    var files = kie.newKieFileSystem();
    files.generateAndWritePomXML(release);
    texts.forEach((name, text) -> files.write("src/main/resources/decide/" + name, text));
    var builder = kie.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    var errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      return new Outcome(List.of(), Map.of(), faults(errors, texts));
    }
    var module = (InternalKieModule) builder.getKieModule();
    var classes = classes(module);
    return new Outcome(
        models(classes, kie.newKieContainer(release).getClassLoader()), classes, List.of());
  }

  private static Map<String, byte[]> classes(InternalKieModule module) {
    var classes = new LinkedHashMap<String, byte[]>();
    module.getFileNames().stream()
        .filter(name -> name.endsWith(".class"))
        .sorted()
        .forEach(name -> classes.put(name, module.getBytes(name)));
    return classes;
  }

  private static List<Model> models(Map<String, byte[]> classes, ClassLoader loader) {
    var models = new ArrayList<Model>();
    for (String path : classes.keySet()) {
      String name = path.replace(".class", "").replace('/', '.');
      try {
        var type = Class.forName(name, false, loader);
        if (Model.class.isAssignableFrom(type)) {
          models.add(type.asSubclass(Model.class).getDeclaredConstructor().newInstance());
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Drools made a class that can't be used: " + name, e);
      }
    }
    return models;
  }

  // One fault a file is enough: the compiler's later messages follow from the first.
  private static List<DrlFault> faults(List<Message> errors, Map<String, String> texts) {
    var faults = new LinkedHashMap<String, DrlFault>();
    for (Message error : errors) {
      String file = fileOf(error, texts);
      String message = error.getText().lines().findFirst().orElse("").strip();
      faults.putIfAbsent(
          file,
          new DrlFault(
              file,
              line(error, message, texts.getOrDefault(file, "")),
              ERR_LINE.matcher(message).replaceAll("line $1:")));
    }
    return List.copyOf(faults.values());
  }

  private static String fileOf(Message error, Map<String, String> texts) {
    String path = error.getPath() == null ? "" : error.getPath();
    return texts.keySet().stream()
        .filter(path::endsWith)
        .findFirst()
        .orElseGet(() -> texts.size() == 1 ? texts.keySet().iterator().next() : path);
  }

  // The executable model often gives no line of the DRL: then the first line that holds a word of
  // the message which doesn't stand everywhere.
  private static int line(Message error, String message, String text) {
    if (error.getPath() != null && error.getPath().endsWith(".drl") && error.getLine() > 0) {
      return error.getLine();
    }
    int colon = message.lastIndexOf(": ");
    int exact = colon < 0 ? 0 : lineWith(text, message.substring(colon + 2).strip());
    if (exact > 0) {
      return exact;
    }
    return WORD.matcher(message)
        .results()
        .map(word -> word.group())
        .filter(word -> word.length() > 2 && !word.equals("The") && !word.equals("for"))
        .mapToInt(word -> lineWith(text, word))
        .filter(line -> line > 0)
        .findFirst()
        .orElse(0);
  }

  private static int lineWith(String text, String part) {
    int at = part.isEmpty() ? -1 : text.indexOf(part);
    return at < 0 ? 0 : (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }
}
