"""What the drawings of several chapters share: look, panels, maps, cases, tables, sliders, SVG."""
