//! One story, told over every shelf there is: what holds on one holds on all.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod migrations;
mod random;
mod shelves;
mod story;

use shelves::{OnDisk, OnModel};
use tests::cluster::Cluster;

#[test]
fn the_story_holds_in_memory() {
    story::tell(&mut OnModel::default());
}

#[test]
fn the_story_holds_on_sqlite() {
    story::tell(&mut OnDisk::sqlite());
}

#[test]
fn the_story_holds_on_postgresql() {
    let cluster = Cluster::start();
    story::tell(&mut OnDisk::postgres(&cluster.database()));
}

#[test]
fn what_version_1_kept_is_treated_like_what_comes_on_sqlite() {
    migrations::on_sqlite();
}

#[test]
fn what_version_1_kept_is_treated_like_what_comes_on_postgresql() {
    let cluster = Cluster::start();
    migrations::on_postgresql(&cluster.database());
}

#[test]
fn random_operations_on_sqlite_are_answered_as_the_model_answers() {
    random::compare(&mut OnDisk::sqlite(), 4_000);
}

#[test]
fn random_operations_on_postgresql_are_answered_as_the_model_answers() {
    let cluster = Cluster::start();
    random::compare(&mut OnDisk::postgres(&cluster.database()), 1_500);
}

#[test]
fn two_nodes_on_one_database_give_every_record_a_position_of_its_own() {
    let cluster = Cluster::start();
    let address = cluster.database();
    shelves::two_at_once(&address);
}
