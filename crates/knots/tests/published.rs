//! Every invariant against the published tables: KnotInfo and LinkInfo, prime knots and links to 8 crossings.

use raytruth_knots::Laurent;
use raytruth_knots::diagram::Diagram;
use raytruth_knots::invariant::{alexander, determinant, jones, linking_matrix, signature};

fn pd(text: &str) -> Vec<[u32; 4]> {
    let crossing = |text: &str| {
        let labels: Vec<u32> = text.split(',').map(|label| label.parse().expect("a label")).collect();
        labels.try_into().expect("four labels")
    };
    text.split(';').map(crossing).collect()
}

/// `low:coefficients`, with exponents times `step`.
fn polynomial(text: &str, step: usize) -> Laurent {
    let (low, rest) = text.split_once(':').expect("low:coefficients");
    let mut spread = Vec::new();
    for c in rest.split(',') {
        spread.push(c.parse::<i128>().expect("a coefficient"));
        spread.extend(std::iter::repeat_n(0, step - 1));
    }
    Laurent::new(low.parse::<i32>().expect("an exponent") * step as i32, spread)
}

fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(" | ").collect())
}

fn matrix(text: &str) -> Vec<Vec<i32>> {
    let row = |row: &str| row.trim_matches(['{', '}', ' ', ',']).split(", ").map(|v| v.parse().expect("a number")).collect();
    text.split("}, {").map(row).collect()
}

/// Whether some order of the components makes them equal: codes do not say which component is the first.
fn same_up_to_order(a: &[Vec<i32>], b: &[Vec<i32>]) -> bool {
    fn fits(a: &[Vec<i32>], b: &[Vec<i32>], order: &mut Vec<usize>) -> bool {
        let k = order.len();
        k == a.len()
            || (0..a.len()).any(|next| {
                order.push(next);
                let good = !order[..k].contains(&next) && (0..=k).all(|i| a[i][k] == b[order[i]][next]);
                let good = good && fits(a, b, order);
                order.truncate(if good { order.len() } else { k });
                good
            })
    }
    a.len() == b.len() && fits(a, b, &mut Vec::new())
}

#[test]
fn knots_have_the_published_invariants() {
    let mut count = 0;
    for row in lines(include_str!("data/knots.txt")) {
        let &[name, code, v, delta, det, sigma, symmetry] = &row[..] else { panic!("{row:?}") };
        let diagram = Diagram::from_pd(&pd(code)).expect(name);
        let found = jones(&diagram).expect(name);
        assert_eq!(found, polynomial(v, 2), "{name}");
        assert_eq!(found == found.reciprocal(), symmetry.contains("amphicheiral"), "{name}");
        let published = polynomial(delta, 2);
        let shift = -(published.low() + published.high()) / 2;
        let sign = published.coefficients().last().expect("not 0").signum();
        assert_eq!(alexander(&diagram), published.shifted(sign, shift), "{name}");
        assert_eq!(determinant(&diagram).expect(name).to_string(), det, "{name}");
        assert_eq!(signature(&diagram).expect(name).to_string(), sigma, "{name}");
        assert_eq!(Diagram::from_pd(&diagram.pd()).and_then(|d| jones(&d)), Ok(found), "{name}: there and back");
        count += 1;
    }
    assert_eq!(count, 35, "1, 1, 2, 3, 7 and 21 prime knots of 3 to 8 crossings");
}

#[test]
fn links_have_the_published_invariants() {
    let mut count = 0;
    for row in lines(include_str!("data/links.txt")) {
        let &[name, code, v, linking, det, sigma, _nullity] = &row[..] else { panic!("{row:?}") };
        let diagram = Diagram::from_pd(&pd(code)).expect(name);
        assert_eq!(jones(&diagram), Ok(polynomial(v, 1)), "{name}");
        assert!(same_up_to_order(&linking_matrix(&diagram), &matrix(linking)), "{name}: {linking}");
        assert_eq!(determinant(&diagram).expect(name).to_string(), det, "{name}");
        assert_eq!(signature(&diagram).expect(name).to_string(), sigma, "{name}");
        count += 1;
    }
    assert_eq!(count, 140);
}
