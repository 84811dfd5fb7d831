//! What the solver is told.

use raytruth_task::prose::{STILL_CAMERA, number, ordinal};

use super::Story;
use super::walls::Wall;

impl Story {
    pub(super) fn prompt(&self) -> String {
        let [ball, walls] = [0, 1].map(|i| self.paints[i].name);
        let side = if self.from_left { "left" } else { "right" };
        let standing = self.walls.iter().filter(|w| w.before).count();
        let stand = match standing {
            1 => format!("Across the track stands one {walls} wall"),
            n => format!("Across the track stand {} {walls} walls", number(n)),
        };
        let waiting = if standing < self.walls.len() { "; an arm holds another one behind the track" } else { "" };
        // Along the way at first; counted from the left of the picture.
        let mut there: Vec<Wall> = self.walls.iter().copied().filter(|w| w.before).collect();
        let mut steps = String::new();
        for wall in self.walls.iter().filter(|w| w.changes()) {
            if wall.after {
                steps.push_str("Then the arm sets its wall across the track. ");
                there.push(*wall);
                there.sort_by_key(|w| w.place);
            } else {
                let at = there.iter().position(|w| w == wall).unwrap_or(0);
                let from_left = if self.from_left { at } else { there.len() - 1 - at };
                steps.push_str(&match there.len() {
                    1 => "Then an arm pulls the wall off the track. ".to_owned(),
                    _ => format!("Then an arm pulls the {} wall from the left off the track. ", ordinal(from_left + 1)),
                });
                there.remove(at);
            }
        }
        let hides = match self.screens {
            0 => "Then the latch opens and the ball rolls down the track. While it rolls, the light goes out. \
                  At last the light comes on again and shows where the ball rests"
                .to_owned(),
            1 => format!(
                "Then a {} screen comes down over the track. The latch opens, the ball rolls down the track and in behind the screen, \
                 and a shutter closes behind it. At last the screen rises and shows where the ball rests",
                self.paints[2].name
            ),
            _ => format!(
                "Then a {} and a {} screen come down over the track. The latch opens, the ball rolls down the track and in behind the \
                 screens, and a shutter closes behind it. At last both screens rise and show where the ball rests",
                self.paints[2].name, self.paints[3].name
            ),
        };
        format!(
            "A {ball} ball waits behind a latch at the upper end of a sloping track, on the {side}. {stand}{waiting}. {steps}{hides}. \
             {STILL_CAMERA}"
        )
    }
}
