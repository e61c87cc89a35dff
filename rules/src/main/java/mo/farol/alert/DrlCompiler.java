package mo.farol.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;
import org.kie.api.conf.EventProcessingOption;

/** Drools' compiler: DRL text to a KieBase in stream mode, through the executable model. */
final class DrlCompiler {
  private static final Pattern ERR_LINE = Pattern.compile("Line (\\d+):");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private DrlCompiler() {}

  /** What came out: an empty base where there are faults. */
  record Outcome(KieBase base, List<DrlFault> faults) {}

  static Outcome compile(Map<String, String> texts) {
    var kie = KieServices.get();
    var release = kie.newReleaseId("mo.farol", "decide", Long.toString(System.nanoTime()));
    var files = kie.newKieFileSystem();
    files.generateAndWritePomXML(release);
    texts.forEach((name, text) -> files.write("src/main/resources/decide/" + name, text));
    var builder = kie.newKieBuilder(files).buildAll(ExecutableModelProject.class);
    var errors = builder.getResults().getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      return new Outcome(compile(Map.of()).base(), faults(errors, texts));
    }
    var options = kie.newKieBaseConfiguration();
    options.setOption(EventProcessingOption.STREAM);
    return new Outcome(kie.newKieContainer(release).newKieBase(options), List.of());
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
