package mo.farol.rulebook;

import java.util.ArrayList;
import java.util.List;

/** What two texts have in common, line by line: the longest common sequence. */
public final class TextDiff {
  private static final int LONGEST = 3_000;

  /**
   * One line.
   *
   * @param sign {@code '-'} only before, {@code '+'} only now, {@code ' '} both
   */
  public record Line(char sign, String text) {}

  private TextDiff() {}

  /** The lines of both. Of very long texts the whole old one, then the whole new one. */
  public static List<Line> of(String before, String now) {
    var old = before.lines().toList();
    var fresh = now.lines().toList();
    var lines = new ArrayList<Line>();
    if (old.size() > LONGEST || fresh.size() > LONGEST) {
      old.forEach(line -> lines.add(new Line('-', line)));
      fresh.forEach(line -> lines.add(new Line('+', line)));
      return lines;
    }
    int[][] common = common(old, fresh);
    int i = 0;
    int k = 0;
    while (i < old.size() || k < fresh.size()) {
      if (i < old.size() && k < fresh.size() && old.get(i).equals(fresh.get(k))) {
        lines.add(new Line(' ', old.get(i)));
        i++;
        k++;
      } else if (k == fresh.size() || (i < old.size() && common[i + 1][k] >= common[i][k + 1])) {
        lines.add(new Line('-', old.get(i++)));
      } else {
        lines.add(new Line('+', fresh.get(k++)));
      }
    }
    return lines;
  }

  /** How long the common sequence is from line i of the one and k of the other on. */
  private static int[][] common(List<String> old, List<String> fresh) {
    int[][] common = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int k = fresh.size() - 1; k >= 0; k--) {
        common[i][k] =
            old.get(i).equals(fresh.get(k))
                ? common[i + 1][k + 1] + 1
                : Math.max(common[i + 1][k], common[i][k + 1]);
      }
    }
    return common;
  }
}
