import { Component, type ReactNode } from 'react';
import { explainError } from '../domain/explain-error.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Catches a fault while drawing; `resetKey` (the path) gives the next view a fresh start. */
export class ErrorBoundary extends Component<
  { resetKey: string; children: ReactNode },
  { error: unknown; key: string }
> {
  override state = { error: undefined as unknown, key: this.props.resetKey };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: { resetKey: string }, state: { key: string }) {
    return props.resetKey === state.key ? null : { error: undefined, key: props.resetKey };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    const { title, detail, advice } = explainError(this.state.error);
    return (
      <EmptyState
        icon="error"
        title={title}
        actions={
          <Button icon="refresh" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        }
      >
        <p>{advice}</p>
        <p>{detail}</p>
      </EmptyState>
    );
  }
}
