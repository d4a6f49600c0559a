# Ticket Console: what a person types. `make help` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= $(or $(shell command -v swift),$(wildcard /opt/swift/usr/bin/swift),swift)
PREFIX ?= /usr/local
DESTDIR ?=
# Options handed on, for example: make demo ARGS="--tickets 5000 --live"
ARGS ?=

BINARY := .build/release/ticket-console
RELEASE := --configuration release --static-swift-stdlib --product ticket-console
WALLS := --explicit-target-dependency-import-check error

# A child that a test kills must not stop for a backtrace.
export SWIFT_BACKTRACE ?= enable=no

# Tests of deadlines on a line or a terminal: they get the machine to themselves, without the tests
# that compute for long.
LINE_TESTS := ^(HTTPClient|HTTPServer|Freshdesk|Terminal)Tests[.]

# A torture, fuzz or soak run: how many seconds, and a seed to draw the same again.
DURATION ?= $(if $(filter soak,$(MAKECMDGOALS)),1800,60)
SEED ?=

# What the fuzz program is built with: coverage for libFuzzer, and the address sanitizer. The linker is
# named because the other one stops at these objects.
FUZZ_BUILD := .build/fuzz
FUZZ_FLAGS := -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xswiftc -use-ld=lld \
	-Xcxx -fsanitize=fuzzer-no-link,address

# More folders of cases to run.
CASES ?=

.PHONY: help demo build release test cases torture soak fuzz sanitize crowd lint bench screenshots install uninstall docs packages clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: release ## Open the console on a generated helpdesk (ARGS="--tickets 5000 --live")
	@$(BINARY) demo $(ARGS)

build: packages ## Build for development
	@$(SWIFT) build $(WALLS)

release: packages ## Build the program as it is installed
	@$(SWIFT) build $(RELEASE)

test: packages lint ## Check format and imports, build, run all tests
	@Scripts/install-packages test
	@$(SWIFT) build --build-tests $(WALLS)
	@python3 Scripts/cases
	@python3 Scripts/torture --program .build/debug/ticket-console --duration 20 --seed 7
	@$(SWIFT) test --skip-build --disable-xctest --filter '$(LINE_TESTS)'
	@$(SWIFT) test --skip-build --disable-xctest --skip '$(LINE_TESTS)' $(ARGS)

cases: build ## Run scripted helpdesks against the program (CASES=DIR adds a folder, ARGS=NAME chooses)
	@Scripts/install-packages test
	@python3 Scripts/cases $(addprefix --folder ,Tests/Cases $(CASES)) $(ARGS)

torture: release ## Attack the program and check its promise (DURATION=600 SEED=7)
	@Scripts/install-packages torture
	@python3 Scripts/torture --program $(BINARY) --duration $(DURATION) $(if $(SEED),--seed $(SEED))

soak: release ## Let a robot use the console for long (DURATION=1800 SEED=7)
	@Scripts/install-packages torture
	@python3 Scripts/soak --program $(BINARY) --duration $(DURATION) $(if $(SEED),--seed $(SEED))

slow-link: release ## Press y over slow links at every moment (ARGS="--draws 200")
	@Scripts/slow-link --program $(BINARY) $(ARGS)

fuzz: packages ## Attack the readers of hostile input (DURATION=600 ARGS="--targets html,keys")
	@TICKET_CONSOLE_FUZZING=1 $(SWIFT) build --configuration release --product Fuzzing \
		--scratch-path $(FUZZ_BUILD) $(FUZZ_FLAGS)
	@Scripts/fuzz --program $(FUZZ_BUILD)/release/Fuzzing --duration $(DURATION) $(ARGS)

sanitize: packages ## Run all tests under the thread and the address sanitizer (ARGS=thread)
	@Scripts/install-packages test
	@Scripts/sanitize --swift $(SWIFT) --line-tests '$(LINE_TESTS)' $(ARGS)

crowd: release ## Measure the sandbox among slow clients (ARGS="--connections 1000")
	@Scripts/crowd --program $(BINARY) $(ARGS)

lint: ## Check format and import rules
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	@Scripts/check-imports

bench: release ## Measure the program on a pseudo-terminal (ARGS="--million")
	@Scripts/install-packages bench
	@Scripts/bench --program $(BINARY) $(ARGS)

screenshots: release ## Take the pictures in screenshots/
	@Scripts/install-packages screenshots
	@Scripts/screenshots --program $(BINARY) $(ARGS)

install: release ## Install program, man page and completions (PREFIX=, DESTDIR=)
	@Scripts/install $(BINARY) "$(DESTDIR)$(PREFIX)"

uninstall: ## Remove what was installed; configuration and data stay (PREFIX=, DESTDIR=)
	@Scripts/uninstall "$(DESTDIR)$(PREFIX)"

docs: build ## Write the pages of Documentation/ that are made from tables
	@.build/debug/ticket-console manual query >Documentation/query-language.md

packages:
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.2 or newer is needed; see https://www.swift.org/install" >&2; exit 1; }
	@Scripts/install-packages build

clean: ## Remove everything that was built
	@rm -rf .build
