package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;

/**
 * What a decision file may say, asked before anything of it is compiled. Three readers must agree:
 * its words are among those allowed, Drools' own parser finds rules and nothing else, and what a
 * rule does is calls of what it is given.
 */
final class DrlCheck {
  private static final Pattern ERR_LINE = Pattern.compile("[Ll]ine (\\d+):");

  private DrlCheck() {}

  /** The files that may be compiled, name to text; why the others may not goes to the faults. */
  static Map<String, String> allowed(Map<String, String> files, List<DrlFault> faults) {
    var good = new TreeMap<String, String>();
    files.forEach(
        (name, text) -> {
          var wrong = faults(name, text);
          faults.addAll(wrong);
          if (wrong.isEmpty()) {
            good.put(name, text);
          }
        });
    return good;
  }

  /** What is wrong with a file, empty where nothing is: the first thing that is refused. */
  static List<DrlFault> faults(String name, String text) {
    try {
      var tokens = DrlToken.of(text);
      DrlSpeech.check(tokens);
      var parser = new DrlParser();
      var parsed = parser.parse(false, text);
      if (parser.hasErrors() || parsed == null) {
        return errors(name, parser);
      }
      DrlShape.check(parsed);
      parsed.getRules().forEach(DrlDeed::check);
      return List.of();
    } catch (DrlRefusal e) {
      return List.of(e.in(name));
    } catch (DroolsParserException | StackOverflowError e) {
      return List.of(new DrlFault(name, 0, "can't be read: " + e));
    }
  }

  // The compiler's later messages follow from the first.
  private static List<DrlFault> errors(String name, DrlParser parser) {
    var faults = new ArrayList<DrlFault>();
    for (var error : parser.getErrors()) {
      String message = error.getMessage().lines().findFirst().orElse("").strip();
      int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
      faults.add(new DrlFault(name, line, ERR_LINE.matcher(message).replaceAll("line $1:")));
      break;
    }
    return faults.isEmpty() ? List.of(new DrlFault(name, 0, "can't be read")) : faults;
  }
}
