package mo.farol.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Many texts looked for anywhere in a value. Of each text a few grams side by side are watched, the
 * rarest it has, so many that one of them stands where a value is looked at, which is not at every
 * byte: every fourth for long texts. A gram is asked of a filter that the nearest cache holds, and
 * only where a watched one stands is the text itself compared. So what a value costs hardly grows
 * with the number of texts. Read-only once built.
 */
final class GramIndex {
  /** Bytes of the shortest text. */
  static final int SHORTEST = 2;

  /** Bytes of the shortest text that is looked for in the widest leaps. */
  static final int LONG = 7;

  private final Grams[] all;

  private GramIndex(List<Grams> all) {
    this.all = all.toArray(Grams[]::new);
  }

  /**
   * Finds the texts that stand in a slice.
   *
   * @param out told the number of each, at least once
   */
  void scan(byte[] b, int from, int to, Trie.Found out) {
    for (Grams each : all) {
      each.scan(b, from, to, out);
    }
  }

  /**
   * How texts of one length are looked for.
   *
   * @param shortest bytes of such a text
   * @param width bytes of a gram
   * @param stride every so many bytes a gram is looked at: of each text as many are watched
   */
  private record Sort(int shortest, int width, int stride) {
    private static final VarHandle FOUR =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The gram at a place that has as many bytes before the end of the slice. */
    int gram(byte[] b, int at) {
      if (at <= b.length - Integer.BYTES) {
        return (int) FOUR.get(b, at) << (Integer.SIZE - width * Byte.SIZE);
      }
      int gram = 0;
      for (int i = width - 1; i >= 0; i--) {
        gram = gram << Byte.SIZE | (b[at + i] & 0xff);
      }
      return gram << (Integer.SIZE - width * Byte.SIZE);
    }
  }

  private static final List<Sort> SORTS =
      List.of(new Sort(LONG, 4, 4), new Sort(4, 3, 2), new Sort(SHORTEST, 2, 1));

  /** Watched grams of one sort. */
  private static final class Grams {
    private static final int SPARSE = 32; // bits of the filter for each gram
    private static final int NEAR = 1 << 18; // bits at most: 32 KiB

    private final Sort sort;
    private final long[] filter;
    private final int shift; // of a hash, for the word of the filter
    private final int[] slots; // hash -> first entry + 1
    private final int[] grams; // by entry
    private final int[] offsets; // of the gram in the text
    private final int[] numbers;
    private final int[] others; // next entry of the same slot + 1
    private final byte[][] texts;

    Grams(Sort sort, List<Entry> entries) {
      this.sort = sort;
      int size = entries.size();
      int bits = Math.clamp(Integer.highestOneBit(Math.max(1, size) * SPARSE), 1 << 10, NEAR);
      filter = new long[bits / Long.SIZE];
      shift = Integer.SIZE - Integer.numberOfTrailingZeros(filter.length);
      slots = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
      grams = entries.stream().mapToInt(Entry::gram).toArray();
      offsets = entries.stream().mapToInt(Entry::offset).toArray();
      numbers = entries.stream().mapToInt(entry -> entry.text.number).toArray();
      others = new int[size];
      texts = entries.stream().map(entry -> entry.text.bytes).toArray(byte[][]::new);
      for (int i = 0; i < size; i++) {
        int hash = hash(grams[i]);
        filter[hash >>> shift] |= 1L << (hash >>> (shift - 6));
        others[i] = slots[slot(hash)];
        slots[slot(hash)] = i + 1;
      }
    }

    private static int hash(int gram) {
      return gram * 0x9E3779B1;
    }

    private int slot(int hash) {
      return (hash ^ (hash >>> 15)) & (slots.length - 1);
    }

    void scan(byte[] b, int from, int to, Trie.Found out) {
      int last = to - sort.width;
      int stride = sort.stride;
      for (int at = from; at <= last; at += stride) {
        int gram = sort.gram(b, at);
        int hash = hash(gram);
        if ((filter[hash >>> shift] & 1L << (hash >>> (shift - 6))) != 0) {
          report(gram, b, at, from, to, out);
        }
      }
    }

    private void report(int gram, byte[] b, int at, int from, int to, Trie.Found out) {
      for (int i = slots[slot(hash(gram))]; i != 0; i = others[i - 1]) {
        byte[] text = texts[i - 1];
        int start = at - offsets[i - 1];
        if (grams[i - 1] == gram
            && start >= from
            && text.length <= to - start
            && Arrays.equals(b, start, start + text.length, text, 0, text.length)) {
          out.pattern(numbers[i - 1]);
        }
      }
    }
  }

  private record Entry(Text text, int gram, int offset) {}

  /** A text, by identity. */
  private static final class Text {
    final byte[] bytes;
    final int number;

    Text(byte[] bytes, int number) {
      this.bytes = bytes;
      this.number = number;
    }
  }

  /** Collects texts. */
  static final class Builder {
    private final List<Text> texts = new ArrayList<>();

    /** Adds a folded text of at least {@link #SHORTEST} bytes. */
    void add(byte[] text, int number) {
      texts.add(new Text(text, number));
    }

    boolean isEmpty() {
      return texts.isEmpty();
    }

    GramIndex build() {
      var all = new ArrayList<Grams>();
      int longer = Integer.MAX_VALUE;
      for (Sort sort : SORTS) {
        var entries = entries(sort, longer);
        if (!entries.isEmpty()) {
          all.add(new Grams(sort, entries));
        }
        longer = sort.shortest;
      }
      return new GramIndex(all);
    }

    private List<Entry> entries(Sort sort, int longer) {
      var rarity = new Rarity(sort, texts);
      var entries = new ArrayList<Entry>();
      for (Text text : texts) {
        if (text.bytes.length >= sort.shortest && text.bytes.length < longer) {
          int first = rarity.rarest(text.bytes);
          for (int offset = first; offset < first + sort.stride; offset++) {
            entries.add(new Entry(text, sort.gram(text.bytes, offset), offset));
          }
        }
      }
      return entries;
    }
  }

  /** How rare a gram is likely to be in what is looked through. */
  private static final class Rarity {
    private static final int SHOWN = 1_000; // bytes of a text that are looked at

    private final Sort sort;
    private final Map<Integer, Integer> counts = new HashMap<>();

    Rarity(Sort sort, List<Text> texts) {
      this.sort = sort;
      Usual.TEXTS.forEach(usual -> count(Shape.bytes(usual), 1_000));
      texts.forEach(text -> count(text.bytes, 1));
    }

    private void count(byte[] text, int by) {
      for (int i = 0; i <= last(text, 1); i++) {
        counts.merge(sort.gram(text, i), by, Integer::sum);
      }
    }

    private int last(byte[] text, int grams) {
      return Math.min(text.length, SHOWN) - sort.width - grams + 1;
    }

    /** Where the rarest grams of a text begin, as many side by side as are watched. */
    int rarest(byte[] text) {
      int best = 0;
      double least = Double.MAX_VALUE;
      for (int i = 0; i <= last(text, sort.stride); i++) {
        double often = 0;
        for (int at = i; at < i + sort.stride; at++) {
          often += counts.getOrDefault(sort.gram(text, at), 0) + plain(text, at);
        }
        if (often < least) {
          least = often;
          best = i;
        }
      }
      return best;
    }

    /** Letters that words are made of make a gram likelier, other signs hardly. */
    private double plain(byte[] text, int at) {
      double likely = 1;
      for (int i = at; i < at + sort.width; i++) {
        likely *= "etaoinsr \\".indexOf(text[i]) >= 0 ? 2 : Character.isLetter(text[i]) ? 1.4 : 0.7;
      }
      return likely;
    }
  }
}
