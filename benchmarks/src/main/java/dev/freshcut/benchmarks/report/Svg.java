package dev.freshcut.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws charts as SVG; readable on light and dark pages, and by those who see few colours. */
final class Svg {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final double LEFT = 84;
  private static final double RIGHT = 736;
  private static final double TOP = 76;
  private static final double BOTTOM = 352;
  private static final int MAX_MARKERS = 12;
  private static final String INK = "#444444";

  /** From the palette of Okabe and Ito. */
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

  private static final List<String> DASHES = List.of("none", "7 4", "2 3", "10 3 2 3");

  private final StringBuilder out = new StringBuilder();
  private final List<Label> labels = new ArrayList<>();

  private Svg() {}

  static String of(Chart chart) {
    Svg svg = new Svg();
    svg.open(chart.title());
    switch (chart) {
      case Chart.Bars bars -> svg.bars(bars);
      case Chart.Lines lines -> svg.lines(lines);
    }
    svg.out.append("</svg>\n");
    return svg.out.toString();
  }

  private void open(String title) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(WIDTH);
    out.append("\" height=\"").append(HEIGHT).append("\" viewBox=\"0 0 ").append(WIDTH);
    out.append(' ').append(HEIGHT).append("\" role=\"img\"");
    out.append(" font-family=\"sans-serif\" font-size=\"13\">\n");
    mark("title", title);
    mark("rect", "", "width", WIDTH, "height", HEIGHT, "rx", 6, "fill", "#ffffff");
    mark(
        "text", title, "x", 24, "y", 30, "font-size", 16, "font-weight", "bold", "fill", "#222222");
  }

  private void lines(Chart.Lines chart) {
    Ruler x =
        Ruler.over(
            chart.x(),
            chart.series().stream().flatMap(s -> s.points().stream()).mapToDouble(Chart.Point::x),
            LEFT,
            RIGHT - 12);
    Ruler y = vertical(chart.y(), chart.series());
    for (double tick : x.ticks()) {
      double at = x.pixel(tick);
      mark("line", "", "x1", at, "y1", TOP, "x2", at, "y2", BOTTOM, "stroke", "#eeeeee");
      text(at, BOTTOM + 20, "middle", x.label(tick));
    }
    text((LEFT + RIGHT) / 2, BOTTOM + 46, "middle", chart.x().label());
    for (int i = 0; i < chart.series().size(); i++) {
      line(chart.series().get(i), i, x, y);
    }
    legend(chart.series());
  }

  private void line(Chart.Series series, int number, Ruler x, Ruler y) {
    String colour = colour(number);
    String points =
        series.points().stream()
            .map(point -> pixel(x.pixel(point.x())) + "," + pixel(y.pixel(point.y())))
            .collect(Collectors.joining(" "));
    mark(
        "polyline",
        "",
        "points",
        points,
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        2.2,
        "stroke-dasharray",
        dashes(number));
    if (series.points().size() <= MAX_MARKERS) {
      for (Chart.Point point : series.points()) {
        mark(
            "circle",
            "",
            "cx",
            x.pixel(point.x()),
            "cy",
            y.pixel(point.y()),
            "r",
            3.4,
            "fill",
            colour);
        label(x.pixel(point.x()), y.pixel(point.y()) - 9, Figures.text(point.y()));
      }
    }
  }

  /** Left out where it would lie on another label. */
  private void label(double x, double y, String text) {
    Label label = new Label(x, y);
    if (labels.stream().noneMatch(label::hides)) {
      labels.add(label);
      text(x, y, "middle", text);
    }
  }

  private record Label(double x, double y) {
    boolean hides(Label other) {
      return Math.abs(x - other.x) < 40 && Math.abs(y - other.y) < 14;
    }
  }

  private void bars(Chart.Bars chart) {
    Ruler y = vertical(chart.axis(), chart.series());
    double group = (RIGHT - LEFT) / chart.groups().size();
    double bar = Math.min(64, group * 0.8 / chart.series().size());
    for (int g = 0; g < chart.groups().size(); g++) {
      double centre = LEFT + group * (g + 0.5);
      text(centre, BOTTOM + 20, "middle", chart.groups().get(g));
      double left = centre - bar * chart.series().size() / 2;
      for (int i = 0; i < chart.series().size(); i++) {
        double value = chart.series().get(i).points().get(g).y();
        double top = y.pixel(value);
        mark(
            "rect",
            "",
            "x",
            left + i * bar + 1,
            "y",
            top,
            "width",
            bar - 2,
            "height",
            BOTTOM - top,
            "fill",
            colour(i));
        text(left + (i + 0.5) * bar, top - 5, "middle", Figures.text(value));
      }
    }
    legend(chart.series());
  }

  private Ruler vertical(Chart.Axis axis, List<Chart.Series> series) {
    Ruler y =
        Ruler.over(
            axis,
            series.stream().flatMap(s -> s.points().stream()).mapToDouble(Chart.Point::y),
            BOTTOM,
            TOP);
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      mark("line", "", "x1", LEFT, "y1", at, "x2", RIGHT, "y2", at, "stroke", "#dddddd");
      text(LEFT - 8, at + 4, "end", y.label(tick));
    }
    double middle = (TOP + BOTTOM) / 2;
    mark(
        "text",
        axis.label(),
        "x",
        20,
        "y",
        middle,
        "transform",
        "rotate(-90 20 " + pixel(middle) + ")",
        "text-anchor",
        "middle",
        "fill",
        INK);
    return y;
  }

  private void legend(List<Chart.Series> series) {
    double x = 24;
    for (int i = 0; i < series.size(); i++) {
      mark(
          "line",
          "",
          "x1",
          x,
          "y1",
          50,
          "x2",
          x + 26,
          "y2",
          50,
          "stroke",
          colour(i),
          "stroke-width",
          4,
          "stroke-dasharray",
          dashes(i));
      text(x + 32, 54, "start", series.get(i).name());
      x += 56 + series.get(i).name().length() * 7;
    }
  }

  private void text(double x, double y, String anchor, String text) {
    mark("text", text, "x", x, "y", y, "text-anchor", anchor, "fill", INK);
  }

  /** Writes one element; {@code attributes} are names and values in turn. */
  private void mark(String name, String text, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String written = value instanceof Double number ? pixel(number) : value.toString();
      out.append(' ').append(attributes[i]).append("=\"").append(escape(written)).append('"');
    }
    out.append('>').append(escape(text)).append("</").append(name).append(">\n");
  }

  private static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  private static String dashes(int series) {
    return DASHES.get(series % DASHES.size());
  }

  private static String pixel(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
