package mo.farol.sigma;

import java.util.List;

/** What the words of a rule stand for where it runs: data of a site, which the meaning rests on. */
public interface Names {
  /** Every word stands for itself. */
  Names AS_WRITTEN =
      new Names() {
        @Override
        public List<String> field(LogSource source, String field) {
          return List.of(field);
        }

        @Override
        public String logSource(LogSource source) {
          return "";
        }

        @Override
        public String zone() {
          return "";
        }
      };

  /** The names that a field of a rule may have in an event, best first. */
  List<String> field(LogSource source, String field);

  /** How events of a log source are known. */
  String logSource(LogSource source);

  /** The zone in which parts of dates are told. */
  String zone();
}
