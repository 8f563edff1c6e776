//! The sample of every construct that a contract may use: what is generated for it works, also what
//! the contract of today does not use.

use serde_json::json;

use crate::sample::errors::{ErrorData, ErrorKind};
use crate::sample::types::{Color, Echo, Line, Order, OrderSize};
use crate::{Base64, BlobId, Client, Retry};

fn least() -> serde_json::Value {
    json!({
        "text": "ab", "code": "12", "when": "2026-11-21T09:00:00Z", "data": "AAE=", "count": -5, "id": BlobId::of(b""),
    })
}

#[test]
fn what_is_absent_stays_absent_and_null_counts_as_absent() {
    let mut value = least();
    let echo: Echo = serde_json::from_value(value.clone()).unwrap();
    assert_eq!((echo.any, &echo.color, &echo.words), (None, &None, &None));
    assert_eq!(serde_json::to_value(&echo).unwrap(), value);

    value["any"] = json!(null);
    value["order"] = json!(null);
    assert_eq!(serde_json::from_value::<Echo>(value).unwrap(), echo);
}

#[test]
fn what_is_required_must_be_there_and_not_null() {
    for name in ["text", "when", "data", "count", "id"] {
        let mut value = least();
        value[name] = json!(null);
        assert!(
            serde_json::from_value::<Echo>(value.clone()).is_err(),
            "{name}"
        );
        value.as_object_mut().unwrap().remove(name);
        assert!(serde_json::from_value::<Echo>(value).is_err(), "{name}");
    }
}

#[test]
fn everything_survives_a_round_trip_and_the_unknown_is_passed_over() {
    let mut value = least();
    for (name, member) in [
        ("any", json!(i64::MIN)),
        ("color", json!("dark-red")),
        ("words", json!(["a"])),
        (
            "order",
            json!({"size": "xl", "lines": [{"note": "n", "amount": u64::MAX >> 1}]}),
        ),
        ("later", json!("2026-11-21T09:00:00.5Z")),
        ("flag", json!(false)),
        ("raw", json!({"a": [1, null]})),
        ("ids", json!([BlobId::blake2b_of(b"")])),
        ("extra", json!("")),
    ] {
        value[name] = member;
    }

    let echo: Echo = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&echo).unwrap(), value);
    assert_eq!(echo.color, Some(Color::DarkRed));
    assert_eq!(echo.data.as_ref(), [0, 1]);

    value["new"] = json!({"of": "a newer server"});
    assert_eq!(serde_json::from_value::<Echo>(value).unwrap(), echo);
}

#[test]
fn a_value_of_an_enum_that_is_not_known_is_kept() {
    let color: Color = serde_json::from_value(json!("PURPLE")).unwrap();
    assert_eq!(color, Color::Unknown("PURPLE".to_owned()));
    assert_eq!(
        (color.to_string(), serde_json::to_value(&color).unwrap()),
        ("PURPLE".to_owned(), json!("PURPLE"))
    );
    assert_eq!(Color::from("GREEN"), Color::Green);
    assert_eq!(OrderSize::from("xl").as_str(), "xl");
}

#[test]
fn an_object_that_a_client_makes_has_what_it_must_have() {
    let mut order = Order::new([Line::new(2)]);
    order.size = Some(OrderSize::S);
    assert_eq!(
        serde_json::to_value(&order).unwrap(),
        json!({"size": "s", "lines": [{"amount": 2}]})
    );
}

#[test]
fn errors_have_their_table() {
    assert_eq!(
        ErrorKind::ALL,
        [ErrorKind::InvalidParams, ErrorKind::Teapot]
    );
    assert_eq!(
        (
            ErrorKind::Teapot.name(),
            ErrorKind::Teapot.code(),
            ErrorKind::Teapot.http_status()
        ),
        ("teapot", 418, 418)
    );
    assert_eq!(ErrorKind::Teapot.retry(), Retry::Maybe);
    let data: ErrorData =
        serde_json::from_value(json!({"name": "teapot", "cups": -1, "new": 1})).unwrap();
    assert_eq!(data.cups, Some(-1));
}

#[tokio::test]
async fn parameters_are_written_as_the_contract_says() {
    let client = Client::builder("http://localhost:1")
        .connect()
        .await
        .unwrap();
    let time = "2026-11-21T09:00:00Z".parse().unwrap();
    let request = client
        .sample()
        .echo("ab", "12", time, [1, 2], -5, BlobId::of(b""));
    assert_eq!(
        serde_json::to_value(&request.params).unwrap(),
        json!({
            "text": "ab", "code": "12", "when": time, "data": Base64::new([1, 2]), "count": -5, "id": BlobId::of(b""),
        })
    );

    let request = request
        .flag(true)
        .color(Color::Green)
        .words(["a".to_owned()])
        .order(Order::new([]))
        .ids(&[BlobId::of(b"")])
        .extra("x");
    let written = serde_json::to_value(&request.params).unwrap();
    assert_eq!(written["order"], json!({"lines": []}));
    assert_eq!(
        (&written["flag"], &written["color"], &written["extra"]),
        (&json!(true), &json!("GREEN"), &json!("eA=="))
    );
    assert!(written["progress"].is_null());

    let request = request.progress(|order| drop(order.lines));
    assert!(serde_json::to_value(&request.params).unwrap()["progress"].is_u64());
}
