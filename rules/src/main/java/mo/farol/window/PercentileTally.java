package mo.farol.window;

import java.util.Arrays;

/**
 * The percentile of numbers by nearest rank: of N numbers in order, the one at place ⌈P/100·N⌉,
 * counted from 1. It is always one of the numbers; the median of an even count is the lower of the
 * two in the middle.
 */
final class PercentileTally extends SlidingTally {
  private static final double SLACK = 1e-9; // of products such as 99.9 · 1000 / 100

  private final double percentile;
  private double[] numbers = new double[8]; // in order, each once
  private long[] times = new long[8];
  private int size;
  private long total;

  PercentileTally(double percentile) {
    this.percentile = percentile;
  }

  @Override
  void clear() {
    size = 0;
    total = 0;
  }

  @Override
  void add(Ring ring, int i) {
    double number = ring.number(i);
    int place = Arrays.binarySearch(numbers, 0, size, number);
    if (place < 0) {
      place = -place - 1;
      insert(place, number);
    }
    times[place] += ring.weight(i);
    total += ring.weight(i);
  }

  @Override
  void remove(Ring ring, int i) {
    int place = Arrays.binarySearch(numbers, 0, size, ring.number(i));
    times[place] -= ring.weight(i);
    total -= ring.weight(i);
    if (times[place] == 0) {
      size--;
      System.arraycopy(numbers, place + 1, numbers, place, size - place);
      System.arraycopy(times, place + 1, times, place, size - place);
    }
  }

  private void insert(int place, double number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      times = Arrays.copyOf(times, 2 * size);
    }
    System.arraycopy(numbers, place, numbers, place + 1, size - place);
    System.arraycopy(times, place, times, place + 1, size - place);
    numbers[place] = number;
    times[place] = 0;
    size++;
  }

  @Override
  double value(Ring ring, int place) {
    long rank = Math.max(1, (long) Math.ceil(percentile * total / 100 - SLACK));
    int k = 0;
    for (long seen = times[0]; seen < rank && k < size - 1; seen += times[k]) {
      k++;
    }
    return numbers[k];
  }
}
