package mo.farol.window;

import java.util.Arrays;

/**
 * Numbers in order, each with how often it is there, and which is at a rank. They lie in short
 * runs, so that one more costs a step along the runs and one within a run, however many there are.
 */
final class RankedNumbers {
  private static final int LENGTH = 128; // of a run, at most

  /** Numbers next to each other in the order. */
  private static final class Run {
    final double[] numbers = new double[LENGTH];
    final long[] times = new long[LENGTH];
    int size;
    long total;

    void move(int from, Run other, int to, int count) {
      System.arraycopy(numbers, from, other.numbers, to, count);
      System.arraycopy(times, from, other.times, to, count);
    }

    /** Gives the numbers from a place on to another run, behind those it has. */
    void give(int from, Run other) {
      move(from, other, other.size, size - from);
      long given = 0;
      for (int i = from; i < size; i++) {
        given += times[i];
      }
      other.size += size - from;
      other.total += given;
      size = from;
      total -= given;
    }
  }

  private Run[] runs = {new Run()}; // those past the last in use are spare
  private int count = 1;
  private long total;

  /** How often any number is there. */
  long total() {
    return total;
  }

  /** Longs that it takes. */
  long longs() {
    return 2L * LENGTH * runs.length;
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      runs[i].size = 0;
      runs[i].total = 0;
    }
    count = 1;
    total = 0;
  }

  /**
   * Adds a number, or takes it away.
   *
   * @param times how often; below zero it goes, and must have been there
   */
  void add(double number, long times) {
    int r = runOf(number);
    var run = runs[r];
    int place = Arrays.binarySearch(run.numbers, 0, run.size, number);
    if (place < 0 && run.size == LENGTH) {
      split(r);
      add(number, times);
      return;
    }
    place = place < 0 ? open(run, -place - 1, number) : place;
    run.times[place] += times;
    run.total += times;
    total += times;
    if (run.times[place] == 0) {
      run.move(place + 1, run, place, run.size - place - 1);
      run.size--;
      joinIfShort(r);
    }
  }

  /**
   * The number at a rank.
   *
   * @param rank from 1; below that it is the first, past the end the last
   */
  double at(long rank) {
    long before = 0;
    int r = 0;
    while (r < count - 1 && before + runs[r].total < rank) {
      before += runs[r++].total;
    }
    var run = runs[r];
    int k = 0;
    for (before += run.times[0]; before < rank && k < run.size - 1; before += run.times[k]) {
      k++;
    }
    return run.numbers[k];
  }

  // The last run that begins at the number or before it, or the first.
  private int runOf(double number) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Double.compare(runs[middle].numbers[0], number) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static int open(Run run, int place, double number) {
    run.move(place, run, place + 1, run.size - place);
    run.numbers[place] = number;
    run.times[place] = 0;
    run.size++;
    return place;
  }

  private void split(int r) {
    if (count == runs.length) {
      runs = Arrays.copyOf(runs, 2 * count);
      for (int i = count; i < runs.length; i++) {
        runs[i] = new Run();
      }
    }
    var spare = runs[count];
    System.arraycopy(runs, r + 1, runs, r + 2, count - r - 1);
    runs[r + 1] = spare;
    count++;
    runs[r].give(LENGTH / 2, spare);
  }

  // A run that became short is one with its neighbour, where that leaves it room to grow.
  private void joinIfShort(int r) {
    int first = Math.min(r, count - 2);
    if (count == 1 || runs[r].size > LENGTH / 4) {
      return;
    }
    var spare = runs[first + 1];
    if (runs[first].size + spare.size <= LENGTH / 2 || runs[r].size == 0) {
      spare.give(0, runs[first]);
      System.arraycopy(runs, first + 2, runs, first + 1, count - first - 2);
      runs[--count] = spare;
    }
  }
}
