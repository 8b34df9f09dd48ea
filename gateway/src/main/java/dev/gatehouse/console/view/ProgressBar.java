package dev.gatehouse.console.view;

/**
 * How far something is that is done one by one: on a terminal a bar in one line, elsewhere a line
 * on stderr for every tenth of many.
 */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final int MANY = 20;
  private static final int TENTHS = 10;

  private final Screen screen;
  private final String title;
  private final int total;

  /**
   * @param title such as {@code importing}
   */
  public ProgressBar(Screen screen, String title, int total) {
    this.screen = screen;
    this.title = title;
    this.total = total;
  }

  /**
   * @param what the last one
   */
  public void show(int done, String what) {
    if (screen.look().live()) {
      var full = WIDTH * done / total;
      screen.live(
          Line.of(title + " [")
              .add(Line.Style.GOOD, "#".repeat(full))
              .add(" ".repeat(WIDTH - full) + "] %d/%d ".formatted(done, total))
              .add(Line.Style.DIM, what));
    } else if (total >= MANY && TENTHS * done / total > TENTHS * (done - 1) / total) {
      screen.tell(Line.of("%s: %d of %d".formatted(title, done, total)));
    }
  }

  public void end() {
    if (screen.look().live()) {
      screen.endLive();
    }
  }
}
