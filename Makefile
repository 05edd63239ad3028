# Thin: ./portal does the work, so that those without make have the same verbs.
.PHONY: install run test bench lint
install: .venv/.ok ; @./portal messages
run: ; @exec ./portal run
test: ; @exec ./portal test $(ARGS)
bench: ; @exec ./portal bench $(ARGS)
lint: ; @exec ./portal lint
.venv/.ok: requirements.lock ; @./portal environment
